import { useTranslation } from "react-i18next";
import type { Notice } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Ago } from "@/shared/ui/Clock";
import { cx } from "@/shared/ui/cx";
import { Dialog } from "@/shared/ui/Dialog";
import { ErrorLine } from "@/shared/ui/States";
import { useSeeNotices } from "./api/notices";
import style from "./NoticesDialog.module.css";

interface NoticesDialogProps {
  items: Notice[];
  onOpen: (conversation: number) => void;
  onClose: () => void;
}

export function NoticesDialog({ items, onOpen, onClose }: NoticesDialogProps) {
  const { t } = useTranslation();
  const see = useSeeNotices();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("notices.open")}
      actions={
        items.some((it) => !it.seen) ? (
          <Button busy={see.isPending} onClick={() => see.mutate()}>
            {t("notices.seen")}
          </Button>
        ) : null
      }
    >
      {items.length ? null : <p>{t("notices.empty")}</p>}
      <ul>
        {items.map((notice) => (
          <li key={notice.id}>
            <button
              type="button"
              className={cx(style.notice, !notice.seen && style.unseen)}
              onClick={() => onOpen(notice.conversation)}
            >
              <span>{t(`notices.${notice.kind}`, { name: notice.by?.name ?? "" })}</span>
              <span className={style.at}>
                <Ago at={notice.at} />
              </span>
              <span className={style.what}>
                {[notice.customer, notice.subject].filter(Boolean).join(" · ") || t("owed.no_subject")}
              </span>
              <span className={style.what}>{notice.snippet}</span>
            </button>
          </li>
        ))}
      </ul>
      <ErrorLine error={see.error} />
    </Dialog>
  );
}
