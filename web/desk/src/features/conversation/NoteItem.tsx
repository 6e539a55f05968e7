import { useTranslation } from "react-i18next";
import type { Note } from "@/shared/api/types";
import { Ago } from "@/shared/ui/Clock";
import { Attachments } from "./Attachments";
import style from "./NoteItem.module.css";
import { Quoted } from "./Quoted";

/** Seen by the house alone; its words are shown as text, whatever they hold. */
export function NoteItem({ note, at }: { note: Note; at: string }) {
  const { t } = useTranslation();
  const inside = note.kind === "ask_answer";
  const author = (inside ? note.from?.name || note.from?.address : note.author?.name) ?? "";
  return (
    <article
      className={style.note}
      data-kind={note.kind}
      aria-label={t(inside ? "ask.answer_by" : "conversation.note_by", { name: author })}
    >
      <b>{author}</b>{" "}
      <span className={style.at}>
        <Ago at={at} /> · {t(inside ? "ask.answer" : "conversation.note")}
      </span>
      <p className={style.text}>{note.text || t("conversation.no_words")}</p>
      {note.has_quote ? <Quoted message={note.id} /> : null}
      <Attachments attachments={note.attachments} />
    </article>
  );
}
