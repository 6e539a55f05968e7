import { useTranslation } from "react-i18next";
import type { Note } from "@/shared/api/types";
import { Ago } from "@/shared/ui/Clock";
import style from "./NoteItem.module.css";

/** Seen by the house alone; its words are shown as text, whatever they hold. */
export function NoteItem({ note, at }: { note: Note; at: string }) {
  const { t } = useTranslation();
  const author = note.author.name;
  return (
    <article className={style.note} aria-label={t("conversation.note_by", { name: author })}>
      <b>{author}</b>{" "}
      <span className={style.at}>
        <Ago at={at} /> · {t("conversation.note")}
      </span>
      <p className={style.text}>{note.text}</p>
    </article>
  );
}
