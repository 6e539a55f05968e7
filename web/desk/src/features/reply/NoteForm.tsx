import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAlone } from "@/shared/session/useMe";
import { usePeople } from "@/shared/session/usePeople";
import { Button } from "@/shared/ui/Button";
import { ErrorLine } from "@/shared/ui/States";
import { uuid } from "@/shared/uuid";
import { useAddNote } from "./api/note";
import { toHtml } from "./html";
import { mentioned } from "./mentions";
import style from "./NoteForm.module.css";

// Half-written notes outlive a look at another conversation.
const unsent = new Map<number, string>();

export function NoteForm({
  conversation,
  focus,
  onAdded,
}: {
  conversation: number;
  focus: number;
  onAdded: () => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(unsent.get(conversation) ?? "");
  const [key, setKey] = useState(uuid);
  const field = useRef<HTMLTextAreaElement>(null);
  const add = useAddNote(conversation);
  const alone = useAlone();
  const { data: people = [] } = usePeople(!alone);
  useEffect(() => {
    if (focus > 0) field.current?.focus();
  }, [focus]);
  const write = (next: string) => {
    setText(next);
    if (next) unsent.set(conversation, next);
    else unsent.delete(conversation);
  };
  const send = () => {
    if (!text.trim() || add.isPending) return;
    add.mutate(
      { key, html: toHtml(text), mentions: mentioned(text, people) },
      {
        onSuccess: () => {
          write("");
          setKey(uuid());
          onAdded();
        },
      },
    );
  };
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        className={style.text}
        rows={3}
        value={text}
        aria-label={t("reply.note")}
        placeholder={t("reply.note_placeholder")}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send();
        }}
      />
      <ErrorLine error={add.error} />
      <div className={style.foot}>
        <span>
          {t("reply.note_seen_by")}
          {alone ? null : ` · ${t("reply.mention_hint")}`}
        </span>
        <Button type="submit" kind="primary" hint="⌘ ↵" busy={add.isPending} disabled={!text.trim()}>
          {t("reply.note_add")}
        </Button>
      </div>
    </form>
  );
}
