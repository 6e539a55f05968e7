import { ArrowDown, ArrowUp, Download, EyeOff, GripVertical } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import type { BlockName } from "./arrange";
import style from "./Report.module.css";
import sheet from "./Table.module.css";

export interface TableOf {
  head: string[];
  rows: string[][];
}

/** What the arranging of the page does to one part. */
export interface Arranging {
  onMove: (by: -1 | 1) => void;
  onHide: () => void;
  onDrop: (dropped: BlockName) => void;
}

interface PartBlockProps {
  name: BlockName;
  title: string;
  /** The size of the sample, and what else one must know to read it. */
  note?: ReactNode;
  /** Instead of the picture while there is nothing to show. */
  empty?: string;
  table?: TableOf;
  csv?: string;
  arranging?: Arranging;
  wide?: boolean;
  tall?: boolean;
  children: ReactNode;
}

/** One part of the page: its picture, the same as a table, and as a file. */
export function PartBlock(props: PartBlockProps) {
  const { name, title, note, empty, table, csv, arranging, wide, tall, children } = props;
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <section
      className={cx(style.block, wide && style.wide, tall && style.tall, arranging && style.arranging)}
      aria-labelledby={id}
      data-block={name}
      onDragOver={arranging ? (event) => event.preventDefault() : undefined}
      onDrop={
        arranging
          ? (event) => {
              event.preventDefault();
              arranging.onDrop(event.dataTransfer.getData("text/plain") as BlockName);
            }
          : undefined
      }
    >
      <header className={style.blockHead}>
        {arranging ? (
          <span
            className={style.grip}
            draggable
            aria-hidden="true"
            onDragStart={(event) => event.dataTransfer.setData("text/plain", name)}
          >
            <GripVertical size={16} />
          </span>
        ) : null}
        <h2 id={id} className={style.blockTitle}>
          {title}
        </h2>
        {arranging ? (
          <Arrange title={title} arranging={arranging} />
        ) : (
          <span className={style.tools}>
            {table && !empty ? (
              <Button kind="ghost" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
                {t("report.table")}
                <span className="visually-hidden"> {title}</span>
              </Button>
            ) : null}
            {csv && !empty ? (
              <a className={style.csv} href={csv} download>
                <Download size={14} aria-hidden="true" /> CSV
                <span className="visually-hidden"> {title}</span>
              </a>
            ) : null}
          </span>
        )}
      </header>
      {empty ? (
        <p className={style.empty}>{empty}</p>
      ) : (
        <>
          {asTable && table ? <FigureTable {...table} caption={title} /> : children}
          {note ? <p className={style.note}>{note}</p> : null}
        </>
      )}
    </section>
  );
}

function Arrange({ title, arranging }: { title: string; arranging: Arranging }) {
  const { t } = useTranslation();
  return (
    <span className={style.tools}>
      <Button kind="ghost" aria-label={t("report.up", { title })} onClick={() => arranging.onMove(-1)}>
        <ArrowUp size={15} aria-hidden="true" />
      </Button>
      <Button kind="ghost" aria-label={t("report.down", { title })} onClick={() => arranging.onMove(1)}>
        <ArrowDown size={15} aria-hidden="true" />
      </Button>
      <Button kind="ghost" aria-label={t("report.hide", { title })} onClick={arranging.onHide}>
        <EyeOff size={15} aria-hidden="true" />
      </Button>
    </span>
  );
}

/** Figures as a table; the first column names the row. */
export function FigureTable({ head, rows, caption }: TableOf & { caption: string }) {
  const { t } = useTranslation();
  return (
    // A table that is wider than its part scrolls by keyboard, too.
    <section
      className={cx(sheet.scroll, sheet.long)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus (WCAG 2.1.1)
      tabIndex={0}
      aria-label={t("report.table_of", { title: caption })}
    >
      <table className={cx(sheet.table, "num")}>
        <thead>
          <tr>
            {head.map((it, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their place
              <th key={at} scope="col">
                {it}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are replaced as a whole
            <tr key={at}>
              {row.map((it, column) =>
                column === 0 ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their place
                  <th key={column} scope="row">
                    {it}
                  </th>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their place
                  <td key={column}>{it}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
