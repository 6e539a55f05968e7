import { useTranslation } from "react-i18next";
import type { Conversation } from "@/shared/api/types";
import { type Choice, Picker } from "@/shared/ui/Picker";
import type { Act } from "./api/act";

interface PickDialogProps {
  asked: "assign" | "priority" | "language";
  conversation: Conversation;
  assignees: readonly Choice[];
  onDo: (step: Act) => void;
  onClose: () => void;
}

/** One of a few, chosen by typing: to whom, how urgent, in which language. */
export function PickDialog({ asked, conversation, assignees, onDo, onClose }: PickDialogProps) {
  const { t } = useTranslation();
  if (asked === "assign") {
    return <Picker title={t("conversation.assign")} choices={assignees} onClose={onClose} />;
  }
  const choices: Choice[] =
    asked === "priority"
      ? [1, 0, -1].map((priority) => ({
          key: String(priority),
          label: t(`attributes.priorities.${priority}`),
          on: conversation.priority === priority,
          run: () => onDo({ verb: "priority", body: { priority } }),
        }))
      : [
          { language: "", label: t("attributes.detected") },
          { language: "fr", label: "Français" },
          { language: "en", label: "English" },
        ].map(({ language, label }) => ({
          key: language || "detected",
          label,
          on: (conversation.language_set ? conversation.language : "") === language,
          run: () => onDo({ verb: "language", body: { language } }),
        }));
  return <Picker title={t(`attributes.${asked}`)} choices={choices} onClose={onClose} />;
}
