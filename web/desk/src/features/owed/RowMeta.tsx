import { FileText, Flame, type LucideIcon, Mail, Mailbox, Phone, Store } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Channel, Row } from "@/shared/api/types";
import { Present } from "@/shared/live/Present";
import { useAlone } from "@/shared/session/useMe";
import { At } from "@/shared/ui/Clock";
import { cx } from "@/shared/ui/cx";
import { tagColour } from "@/shared/ui/tag-colour";
import style from "./ListRow.module.css";

const ICONS: Record<Channel, LucideIcon> = {
  mail: Mail,
  phone: Phone,
  counter: Store,
  letter: Mailbox,
  form: FileText,
};

// Kinds that the row already says by being there.
const QUIET = new Set(["answer", "courtesy", "sort", "none", "wait"]);

// More would hide who and what behind words about them.
const TAGS_SHOWN = 2;

/** The third line of a row: what is promised, how the customer feels, what the shop noted, in whose hands it is. */
export function RowMeta({ row }: { row: Row }) {
  const { t } = useTranslation();
  const alone = useAlone();
  const Icon = ICONS[row.channel] ?? Mail;
  const more = row.tags.length - TAGS_SHOWN;
  return (
    <span className={style.meta}>
      <span>
        <Icon size={13} aria-hidden="true" /> {t(`channel.${row.channel}`)}
      </span>
      {row.angry ? (
        <span className={style.angry}>
          <Flame size={13} aria-hidden="true" /> {t("owed.angry")}
        </span>
      ) : null}
      {row.promise_kind && !QUIET.has(row.promise_kind) ? (
        <span className={style.law}>{t(`promise.kind.${row.promise_kind}`)}</span>
      ) : null}
      {row.law ? <span className={style.law}>{t("owed.law")}</span> : null}
      {row.reminders > 0 ? (
        <span className={style.before}>{t("owed.reminders", { count: row.reminders, ordinal: true })}</span>
      ) : null}
      {row.priority > 0 ? <span className={style.before}>{t("owed.priority")}</span> : null}
      {row.priority < 0 ? <span>{t("owed.can_wait")}</span> : null}
      {row.sends_at ? (
        <span>
          {t("owed.sends")} <At at={row.sends_at} />
        </span>
      ) : null}
      {row.holding ? <span>{t("owed.holding")}</span> : null}
      {row.has_draft ? <span>{t("owed.draft")}</span> : null}
      {row.snoozed_until ? (
        <span>
          {t("owed.snoozed")} <At at={row.snoozed_until} />
        </span>
      ) : null}
      {row.reason ? <span className={style.reason}>{row.reason.name}</span> : null}
      {row.tags.slice(0, TAGS_SHOWN).map((tag) => (
        <span key={tag.id} className={style.tag} style={tagColour(tag.colour)}>
          {tag.name}
        </span>
      ))}
      {more > 0 ? (
        <span
          className={style.tag}
          title={row.tags
            .slice(TAGS_SHOWN)
            .map(({ name }) => name)
            .join(", ")}
        >
          +{more}
          <span className="visually-hidden"> {t("owed.more_tags", { count: more })}</span>
        </span>
      ) : null}
      {alone ? null : <Present conversation={row.id} />}
      {!alone && (row.assignee || row.team) ? (
        <span className={cx(style.assignee, !row.assignee && style.team)}>
          {row.assignee ? row.assignee.name.split(" ")[0] : row.team?.name}
        </span>
      ) : null}
    </span>
  );
}
