import { useTranslation } from "react-i18next";
import type { Notice } from "@/shared/api/types";
import { Ago } from "@/shared/ui/Clock";
import { cx } from "@/shared/ui/cx";
import style from "./NoticesDialog.module.css";

/** Who wants what of one, where. */
export function NoticeLine({ notice, onOpen }: { notice: Notice; onOpen: (conversation: number) => void }) {
  const { t } = useTranslation();
  return (
    <li>
      <button
        type="button"
        className={cx(style.notice, !notice.seen && style.unseen)}
        onClick={() => onOpen(notice.conversation)}
      >
        <span>
          {t(`notices.${notice.kind}`, {
            name: notice.by?.name ?? "",
            ...(notice.rule ? { ...notice.rule, rule: t(`settings.guard.rules.${notice.rule.name}`) } : {}),
          })}
          {notice.seen ? null : <span className="visually-hidden"> ({t("notices.filter.unseen")})</span>}
        </span>
        <span className={style.at}>
          <Ago at={notice.at} />
        </span>
        <span className={style.what}>
          {[notice.customer, notice.subject].filter(Boolean).join(" · ") || t("owed.no_subject")}
        </span>
        <span className={style.what}>{notice.snippet}</span>
      </button>
    </li>
  );
}
