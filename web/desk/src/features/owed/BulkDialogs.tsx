import { useTranslation } from "react-i18next";
import type { BulkAction } from "@/shared/api/types";
import { AskDialog } from "@/shared/ui/AskDialog";
import { Picker } from "@/shared/ui/Picker";
import { type BulkAsked, useBulkChoices } from "./useBulkActs";

interface BulkDialogsProps {
  asked: BulkAsked | "waive";
  onAct: (action: BulkAction) => void;
  onClose: () => void;
}

/** What is asked before something is done to all that is chosen. */
export function BulkDialogs({ asked, onAct, onClose }: BulkDialogsProps) {
  const { t } = useTranslation();
  const choices = useBulkChoices(onAct);
  if (asked === "waive") {
    return (
      <AskDialog
        title={t("bulk.waive")}
        intro={t("bulk.waive_intro")}
        label={t("bulk.waive_reason")}
        onSay={(reason) => {
          onClose();
          onAct({ do: "waive", reason });
        }}
        onClose={onClose}
      />
    );
  }
  return (
    <Picker
      title={asked === "reason" || asked === "priority" ? t(`attributes.${asked}`) : t(`bulk.${asked}`)}
      choices={choices[asked]}
      make={
        asked === "tag"
          ? (name) => ({
              key: "make",
              label: t("ui.make", { name }),
              run: () => onAct({ do: "tag", name }),
            })
          : undefined
      }
      onClose={onClose}
    />
  );
}
