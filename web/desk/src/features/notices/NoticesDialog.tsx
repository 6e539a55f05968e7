import { useTranslation } from "react-i18next";
import type { Notice } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { ErrorLine } from "@/shared/ui/States";
import { useSeeNotices } from "./api/notices";
import { NoticeLine } from "./NoticeLine";

interface NoticesDialogProps {
  items: Notice[];
  onOpen: (conversation: number) => void;
  onAll: () => void;
  onClose: () => void;
}

export function NoticesDialog({ items, onOpen, onAll, onClose }: NoticesDialogProps) {
  const { t } = useTranslation();
  const see = useSeeNotices();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("notices.open")}
      actions={
        <>
          {items.some((it) => !it.seen) ? (
            <Button busy={see.isPending} onClick={() => see.mutate()}>
              {t("notices.seen")}
            </Button>
          ) : null}
          <Button kind="ghost" onClick={onAll}>
            {t("notices.all")}
          </Button>
        </>
      }
    >
      {items.length ? null : <p>{t("notices.empty")}</p>}
      <ul>
        {items.map((notice) => (
          <NoticeLine key={notice.id} notice={notice} onOpen={onOpen} />
        ))}
      </ul>
      <ErrorLine error={see.error} />
    </Dialog>
  );
}
