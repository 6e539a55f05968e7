import { useTranslation } from "react-i18next";
import { AskDialog } from "@/shared/ui/AskDialog";
import type { AskProps } from "./dialog";

/** One gesture to the person in charge, with the question (P32). */
export function EscalateDialog({ act, onDo, onClose }: AskProps) {
  const { t } = useTranslation();
  return (
    <AskDialog
      title={t("conversation.escalate")}
      intro={t("conversation.escalate_intro")}
      label={t("conversation.escalate_question")}
      busy={act.isPending}
      error={act.error}
      onSay={(question) => onDo({ verb: "escalate", body: { question } })}
      onClose={onClose}
    />
  );
}
