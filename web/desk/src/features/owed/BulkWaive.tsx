import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { TextArea } from "@/shared/ui/Field";

/** One reason for all: it stays on each of them. */
export function BulkWaive({ onWaive, onClose }: { onWaive: (reason: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("bulk.waive")}
      intro={t("bulk.waive_intro")}
      initialFocus={field}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button kind="primary" disabled={!reason.trim()} onClick={() => onWaive(reason.trim())}>
            {t("bulk.waive")}
          </Button>
        </>
      }
    >
      <TextArea
        ref={field}
        label={t("bulk.waive_reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Dialog>
  );
}
