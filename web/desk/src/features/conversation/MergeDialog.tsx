import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Check } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import type { AskProps } from "./dialog";

/** Into another conversation of the same customer; the earlier due time stays. */
export function MergeDialog({ conversation, act, onDo, onClose }: AskProps & { conversation: Conversation }) {
  const { t } = useTranslation();
  const [into, setInto] = useState<number | null>(conversation.previous[0]?.id ?? null);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("conversation.merge")}
      intro={conversation.previous.length ? t("conversation.merge_intro") : t("conversation.merge_none")}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button
            kind="primary"
            busy={act.isPending}
            disabled={into === null}
            onClick={() => into !== null && onDo({ verb: "merge", body: { into } })}
          >
            {t("conversation.merge")}
          </Button>
        </>
      }
    >
      {conversation.previous.map((other) => (
        <Check
          key={other.id}
          radio
          name="into"
          label={`${other.subject || t("owed.no_subject")} · n° ${other.number}`}
          checked={into === other.id}
          onChange={() => setInto(other.id)}
        />
      ))}
      <ErrorLine error={act.error} />
    </Dialog>
  );
}
