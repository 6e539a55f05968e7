import { useState } from "react";
import { useTranslation } from "react-i18next";
import { address, query } from "@/shared/api/call";
import type { Conversation } from "@/shared/api/types";
import { Button, ButtonLink } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Check } from "@/shared/ui/Field";

/** The whole conversation on paper, or as a file to be handed on. Private notes only when asked for. */
export function PrintDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const { t } = useTranslation();
  const [notes, setNotes] = useState(false);
  const [quotes, setQuotes] = useState(false);
  const file = (save: boolean) =>
    address(
      query(`/conversations/${conversation.id}/pdf`, {
        notes: notes ? 1 : null,
        quotes: quotes ? 1 : null,
        save: save ? 1 : null,
      }),
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("conversation.print")}
      intro={t("conversation.print_intro")}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <ButtonLink href={file(true)} download onClick={onClose}>
            {t("conversation.print_save")}
          </ButtonLink>
          <ButtonLink kind="primary" href={file(false)} target="_blank" rel="noreferrer" onClick={onClose}>
            {t("conversation.print_open")}
          </ButtonLink>
        </>
      }
    >
      <Check
        label={t("conversation.print_notes")}
        hint={t("conversation.print_notes_hint")}
        checked={notes}
        onChange={(event) => setNotes(event.target.checked)}
      />
      <Check
        label={t("conversation.print_quotes")}
        checked={quotes}
        onChange={(event) => setQuotes(event.target.checked)}
      />
    </Dialog>
  );
}
