import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Figures, PartFigures } from "@/shared/api/types";
import { useSignedIn } from "@/shared/session/useMe";
import { cx } from "@/shared/ui/cx";
import { csv } from "./api/report";
import type { PartProps } from "./Blocks";
import { number, percent, span } from "./format";
import { PartBlock } from "./PartBlock";
import sheet from "./Table.module.css";

interface PartsProps extends PartProps {
  name: "reasons" | "mailboxes";
  filter: "reason" | "mailbox";
  rows: Figures["reasons"];
}

/** Figures of each reason or mailbox. The table is the picture; a name narrows the page to it. */
export function PartsBlock({ name, filter, rows, asked, arranging }: PartsProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const n = (value: number) => number(value, language);
  const most = Math.max(1, ...rows.map((it) => it.asked));
  const cell = (seconds: number | null) => (seconds === null ? "–" : span(seconds, language));
  return (
    <PartBlock
      name={name}
      wide
      title={t(`report.block.${name}`)}
      empty={rows.length === 0 ? t("report.volume.none") : undefined}
      note={t("report.parts.note")}
      csv={csv(name, asked)}
      arranging={arranging}
    >
      <section
        className={sheet.scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus (WCAG 2.1.1)
        tabIndex={0}
        aria-label={t("report.table_of", { title: t(`report.block.${name}`) })}
      >
        <table className={cx(sheet.table, "num")}>
          <thead>
            <tr>
              <th scope="col">{t(`report.filter.${filter}`)}</th>
              <th scope="col">{t("report.asked")}</th>
              <th scope="col">{t("report.promises.share")}</th>
              <th scope="col">{t("report.promises.decided")}</th>
              <th scope="col">{t("report.times.median_open")}</th>
              <th scope="col">{t("report.times.median_clock")}</th>
              <th scope="col">{t("report.answers")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((it) => (
              <tr key={`${it.parent ?? 0}-${it.id}`}>
                <th scope="row" className={it.parent ? sheet.below : undefined}>
                  <PartName row={it} filter={filter} />
                </th>
                <td>
                  <span
                    className={sheet.bar}
                    style={{ width: `${(48 * it.asked) / most}px` }}
                    aria-hidden="true"
                  />
                  {n(it.asked)}
                </td>
                <td>{it.promises.share === null ? "–" : percent(it.promises.share, language)}</td>
                <td>{n(it.promises.kept + it.promises.broken)}</td>
                <td>{cell(it.times.open.median)}</td>
                <td>{cell(it.times.clock.median)}</td>
                <td>{n(it.times.sample)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </PartBlock>
  );
}

function PartName({ row, filter }: { row: PartFigures; filter: "reason" | "mailbox" }) {
  const { t } = useTranslation();
  if (row.id === 0) return t(`report.parts.no_${filter}`);
  return (
    <Link
      to="/report"
      search={(before) => ({ ...before, [filter]: String(row.id) })}
      className={sheet.narrow}
    >
      {row.name}
    </Link>
  );
}

/** Answers and how long they took, by name: never a ranking. One sees one's own, a lead everybody's. */
export function PeopleBlock({ figures, asked, arranging }: PartProps) {
  const { t, i18n } = useTranslation();
  const me = useSignedIn();
  const language = i18n.language;
  const cell = (seconds: number | null) => (seconds === null ? "–" : span(seconds, language));
  const leads = me.permissions.includes("figures.people");
  const rows = figures.people.map((it) => [
    it.name,
    number(it.answered, language),
    cell(it.times.open.median),
    cell(it.times.open.p90),
    cell(it.times.clock.median),
    number(it.times.sample, language),
  ]);
  const head = [
    t("report.filter.person"),
    t("report.answered"),
    t("report.times.median_open"),
    t("report.times.p90_open"),
    t("report.times.median_clock"),
    t("report.answers"),
  ];
  return (
    <PartBlock
      name="people"
      wide
      title={t(leads ? "report.block.people" : "report.people.own")}
      empty={rows.length === 0 ? t(leads ? "report.people.none" : "report.people.none_own") : undefined}
      note={t(leads ? "report.people.note" : "report.people.note_own")}
      csv={csv("people", asked)}
      arranging={arranging}
    >
      <section
        className={sheet.scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus (WCAG 2.1.1)
        tabIndex={0}
        aria-label={t("report.table_of", { title: t("report.block.people") })}
      >
        <table className={cx(sheet.table, "num")}>
          <thead>
            <tr>
              {head.map((it) => (
                <th key={it} scope="col">
                  {it}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((it, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their place
                  <td key={at}>{it}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </PartBlock>
  );
}
