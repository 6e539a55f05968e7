import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Attributes } from "./Attributes";

/** The same as beside the conversation, one key away and on a phone. */
export function AttributesDialog({
  conversation,
  at,
  onClose,
}: {
  conversation: Conversation;
  at: "reason" | "tags";
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const reason = useRef<HTMLSelectElement>(null);
  const tag = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("attributes.title")}
      initialFocus={at === "reason" ? reason : tag}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t("attributes.done")}
        </Button>
      }
    >
      <Attributes conversation={conversation} reasonRef={reason} tagRef={tag} />
    </Dialog>
  );
}
