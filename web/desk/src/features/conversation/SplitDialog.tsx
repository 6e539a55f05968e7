import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Check } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import type { AskProps } from "./dialog";

const beginning = (text: string) => (text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text);

/** Another matter in the same thread: its messages go to a conversation of their own. */
export function SplitDialog({ conversation, act, onDo, onClose }: AskProps & { conversation: Conversation }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<number[]>([]);
  const [onwards, setOnwards] = useState(false);
  const messages = conversation.timeline.flatMap((entry) =>
    entry.type === "message" ? [entry.message] : [],
  );
  const toggle = (id: number) =>
    setChosen((before) => (before.includes(id) ? before.filter((it) => it !== id) : [...before, id]));
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("conversation.split")}
      intro={t("conversation.split_intro")}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button
            kind="primary"
            busy={act.isPending}
            disabled={!chosen.length}
            onClick={() => onDo({ verb: "split", body: { messages: chosen, onwards } })}
          >
            {t("conversation.split")}
          </Button>
        </>
      }
    >
      {messages.map((message) => (
        <Check
          key={message.id}
          label={`${message.author.name || message.author.address} · ${beginning(message.text)}`}
          checked={chosen.includes(message.id)}
          onChange={() => toggle(message.id)}
        />
      ))}
      <Check
        label={t("conversation.split_onwards")}
        checked={onwards}
        onChange={(event) => setOnwards(event.target.checked)}
      />
      <ErrorLine error={act.error} />
    </Dialog>
  );
}
