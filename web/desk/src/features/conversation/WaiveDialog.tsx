import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Owed } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { TextArea } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import type { AskProps } from "./dialog";

/** Nothing is closed by silence: what won't be answered gets a reason, and the reason stays. */
export function WaiveDialog({ owed, act, onDo, onClose }: AskProps & { owed: Owed }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("conversation.waive")}
      intro={t("conversation.waive_intro")}
      initialFocus={field}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button
            kind="primary"
            busy={act.isPending}
            disabled={!reason.trim()}
            onClick={() => onDo({ verb: "waive", body: { promise: owed.id, reason: reason.trim() } })}
          >
            {t("conversation.waive")}
          </Button>
        </>
      }
    >
      <TextArea
        ref={field}
        label={t("conversation.waive_reason")}
        hint={t("conversation.waive_hint")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ErrorLine error={act.error} />
    </Dialog>
  );
}
