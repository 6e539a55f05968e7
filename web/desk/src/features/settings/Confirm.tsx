import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { ErrorLine } from "@/shared/ui/States";

interface ConfirmProps {
  title: string;
  intro: string;
  go: string;
  busy: boolean;
  error: unknown;
  onGo: () => void;
  onClose: () => void;
}

/** Asks once more before what cannot be taken back. */
export function Confirm({ title, intro, go, busy, error, onGo, onClose }: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      intro={intro}
      actions={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("settings.api.back")}
          </Button>
          <Button kind="danger" busy={busy} onClick={onGo}>
            {go}
          </Button>
        </>
      }
    >
      <ErrorLine error={error} />
    </Dialog>
  );
}
