import { useTranslation } from "react-i18next";
import type { Conversation, Entry, Message } from "@/shared/api/types";
import { Ago } from "@/shared/ui/Clock";
import { AskNote } from "./AskNote";
import { eventWords, isShown } from "./event-words";
import { MessageItem } from "./MessageItem";
import { NoteItem } from "./NoteItem";
import style from "./Timeline.module.css";

/** Everything that happened, in one line of time. */
export function Timeline({
  conversation,
  onForward,
}: {
  conversation: Conversation;
  onForward?: (message: Message) => void;
}) {
  const { t } = useTranslation();
  const entries: Entry[] = conversation.timeline;
  const customer = conversation.customer.name;
  return (
    <ol className={style.timeline} aria-label={t("conversation.timeline")}>
      {entries.map((entry) => {
        if (entry.type === "message") {
          return (
            <li key={`m${entry.message.id}`}>
              <MessageItem message={entry.message} onForward={onForward} />
            </li>
          );
        }
        if (entry.type === "note") {
          return (
            <li key={`n${entry.note.id}`}>
              {entry.note.kind === "ask" ? (
                <AskNote
                  note={entry.note}
                  at={entry.at}
                  ask={conversation.asks.find(({ message }) => message === entry.note.id)}
                  conversation={conversation}
                />
              ) : (
                <NoteItem note={entry.note} at={entry.at} />
              )}
            </li>
          );
        }
        if (!isShown(entry.event)) return null;
        return (
          <li key={`e${entry.at}${entry.event.kind}`} className={style.event}>
            <span>{eventWords(t, entry.event, customer)}</span> <Ago at={entry.at} />
          </li>
        );
      })}
    </ol>
  );
}
