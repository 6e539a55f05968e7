import { useTranslation } from "react-i18next";
import type { Entry, Message } from "@/shared/api/types";
import { Ago } from "@/shared/ui/Clock";
import { eventWords, isShown } from "./event-words";
import { MessageItem } from "./MessageItem";
import { NoteItem } from "./NoteItem";
import style from "./Timeline.module.css";

/** Everything that happened, in one line of time. */
export function Timeline({
  entries,
  customer,
  onForward,
}: {
  entries: Entry[];
  customer: string;
  onForward?: (message: Message) => void;
}) {
  const { t } = useTranslation();
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
              <NoteItem note={entry.note} at={entry.at} />
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
