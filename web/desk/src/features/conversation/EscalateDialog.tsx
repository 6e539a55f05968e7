import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { TextArea } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import type { AskProps } from "./dialog";

/** One gesture to the person in charge, with the question (P32). */
export function EscalateDialog({ act, onDo, onClose }: AskProps) {
  const { t } = useTranslation();
  const [question, setQuestion] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("conversation.escalate")}
      intro={t("conversation.escalate_intro")}
      initialFocus={field}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button
            kind="primary"
            busy={act.isPending}
            disabled={!question.trim()}
            onClick={() => onDo({ verb: "escalate", body: { question: question.trim() } })}
          >
            {t("conversation.escalate")}
          </Button>
        </>
      }
    >
      <TextArea
        ref={field}
        label={t("conversation.escalate_question")}
        value={question}
        onChange={(event) => setQuestion(event.target.value)}
      />
      <ErrorLine error={act.error} />
    </Dialog>
  );
}
