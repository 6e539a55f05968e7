import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Row, View } from "@/shared/api/types";
import { Ago, Clock } from "@/shared/ui/Clock";
import { cx } from "@/shared/ui/cx";
import { prefetch } from "./api/prefetch";
import style from "./ListRow.module.css";
import { RowMeta } from "./RowMeta";

interface ListRowProps {
  row: Row;
  view: View;
  open: boolean;
  /** It was announced, and the person asked to see it. */
  called: boolean;
  /** Of the called ones, the one to go to. */
  first: boolean;
  /** Whether it is among the chosen; null while nothing is being chosen. */
  chosen: boolean | null;
  onChoose: (id: number, stretch?: boolean) => void;
}

/** Who, its clock, what about, by which channel. One that stays as it is costs nothing at a click. */
export const ListRow = memo(function ListRow(props: ListRowProps) {
  const { row, view, open, called, first, chosen, onChoose } = props;
  const { t } = useTranslation();
  const queries = useQueryClient();
  const self = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open) self.current?.scrollIntoView?.({ block: "nearest" });
  }, [open]);
  useEffect(() => {
    if (!first) return;
    self.current?.scrollIntoView?.({ block: "center" });
    self.current?.querySelector("a")?.focus({ preventScroll: true });
  }, [first]);
  const ahead = () => prefetch(queries, row.id);
  return (
    // biome-ignore lint/a11y/useSemanticElements: of the list around its block
    <div ref={self} role="listitem" className={style.item} data-conversation={row.id}>
      {chosen === null ? null : (
        <input
          type="checkbox"
          className={style.check}
          aria-label={t("bulk.choose", {
            name: row.customer.name || row.customer.address || t("owed.unknown"),
          })}
          checked={chosen}
          // onClick rather than onChange: only a click knows of the shift key.
          onClick={(event) => onChoose(row.id, event.shiftKey)}
          readOnly
        />
      )}
      <Link
        to="/$view/$conversation"
        params={{ view, conversation: String(row.id) }}
        className={cx(
          style.row,
          called && style.called,
          open && style.open,
          chosen !== null && style.choosing,
        )}
        aria-current={open ? "true" : undefined}
        onMouseEnter={ahead}
        onFocus={ahead}
        onClick={(event) => {
          if (!event.shiftKey) return;
          event.preventDefault(); // a stretch is chosen, no window opened
          onChoose(row.id, true);
        }}
      >
        <span className={cx(style.who, row.unread_by_me && style.unread)}>
          {row.customer.name || row.customer.address || t("owed.unknown")}
          {row.unread_by_me ? <span className="visually-hidden"> {t("owed.unread")}</span> : null}
        </span>
        <span className={style.due}>
          <When row={row} />
        </span>
        <span className={style.about}>{about(row, t("owed.no_subject"))}</span>
        <RowMeta row={row} />
      </Link>
    </div>
  );
});

function When({ row }: { row: Row }) {
  if (row.due_at && row.state !== "none") {
    return <Clock due={row.due_at} state={row.state} />;
  }
  return (
    <span className={style.past}>
      <Ago at={row.last_message_at} />
    </span>
  );
}

/** What they said; the subject first where it says more than "Re:". */
function about(row: Row, none: string): string {
  const subject = row.subject.replace(/^((re|tr|fwd?|rép)\s*:\s*)+/i, "").trim();
  if (!subject) return row.snippet || none;
  if (!row.snippet || row.snippet.startsWith(subject)) return row.snippet || subject;
  return `${subject} · ${row.snippet}`;
}
