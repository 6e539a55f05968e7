import { Bell } from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { later } from "@/shared/later";
import { shownCount } from "@/shared/session/useCounts";
import { useAlone } from "@/shared/session/useMe";
import { Button } from "@/shared/ui/Button";
import { useNotices } from "./api/notices";

const NoticesDialog = later(() => import("./NoticesDialog"), "NoticesDialog");

interface NoticesButtonProps {
  onOpen: (conversation: number) => void;
  onAll: () => void;
}

/** "For me": mentions, and what happens where one follows. Nobody mentions anybody in a shop of one. */
export function NoticesButton({ onOpen, onAll }: NoticesButtonProps) {
  const { t } = useTranslation();
  const alone = useAlone();
  const { data } = useNotices(!alone);
  const [open, setOpen] = useState(false);
  if (alone) return null;
  const unseen = data?.unseen ?? 0;
  return (
    <>
      <Button
        kind="ghost"
        aria-label={unseen ? t("notices.open_count", { count: unseen }) : t("notices.open")}
        onClick={() => setOpen(true)}
      >
        <Bell size={14} aria-hidden="true" />
        {unseen ? <b className="num">{shownCount(unseen)}</b> : null}
      </Button>
      <Suspense>
        {open ? (
          <NoticesDialog
            items={data?.items ?? []}
            onOpen={(conversation) => {
              setOpen(false);
              onOpen(conversation);
            }}
            onAll={() => {
              setOpen(false);
              onAll();
            }}
            onClose={() => setOpen(false)}
          />
        ) : null}
      </Suspense>
    </>
  );
}
