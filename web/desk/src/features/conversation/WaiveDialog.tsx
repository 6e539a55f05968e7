import { useTranslation } from "react-i18next";
import type { Owed } from "@/shared/api/types";
import { AskDialog } from "@/shared/ui/AskDialog";
import type { AskProps } from "./dialog";

/** Nothing is closed by silence: what won't be answered gets a reason, and the reason stays. */
export function WaiveDialog({ owed, act, onDo, onClose }: AskProps & { owed: Owed }) {
  const { t } = useTranslation();
  return (
    <AskDialog
      title={t("conversation.waive")}
      intro={t("conversation.waive_intro")}
      label={t("conversation.waive_reason")}
      hint={t("conversation.waive_hint")}
      busy={act.isPending}
      error={act.error}
      onSay={(reason) => onDo({ verb: "waive", body: { promise: owed.id, reason } })}
      onClose={onClose}
    />
  );
}
