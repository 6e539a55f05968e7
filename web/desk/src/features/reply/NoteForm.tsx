import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { finishedWriting, wrote } from "@/shared/live/presence";
import { useAlone, useSignedIn } from "@/shared/session/useMe";
import { usePeople } from "@/shared/session/usePeople";
import { Button } from "@/shared/ui/Button";
import { ErrorLine } from "@/shared/ui/States";
import { uuid } from "@/shared/uuid";
import { useAddNote } from "./api/note";
import { Choices, moved } from "./Choices";
import { toHtml } from "./html";
import { mentioning, named } from "./mentioning";
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
  const me = useSignedIn();
  const [caret, setCaret] = useState(0);
  /** Where the caret goes once a name has been written out. */
  const [behind, setBehind] = useState<{ caret: number } | null>(null);
  const [at, setAt] = useState(0);
  // Closed by Escape, until something else is typed.
  const [closed, setClosed] = useState("");
  const naming = closed === text ? null : mentioning(text, caret, people, me.person.id);
  const chosen = Math.min(at, (naming?.people.length ?? 1) - 1);
  const name = (key: string) => {
    const person = naming?.people.find(({ id }) => String(id) === key);
    if (!naming || !person) return;
    const written = named(text, naming, person);
    write(written.text);
    setCaret(written.caret);
    setBehind({ caret: written.caret });
    setAt(0);
    setClosed(written.text);
  };
  // With the text itself, not a frame later: by then the next letter may stand there.
  useLayoutEffect(() => {
    if (behind) field.current?.setSelectionRange(behind.caret, behind.caret);
  }, [behind]);
  const onNamingKey = (event: KeyboardEvent): boolean => {
    if (!naming) return false;
    const next = moved(event, chosen, naming.people.length);
    if (next !== null) setAt(next);
    else if (event.key === "Escape") setClosed(text);
    else if ((event.key === "Enter" && !event.metaKey && !event.ctrlKey) || event.key === "Tab")
      name(String(naming.people[chosen]?.id));
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
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
          finishedWriting();
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
        onChange={(event) => {
          wrote(conversation);
          write(event.target.value);
          setCaret(event.target.selectionStart);
          setAt(0);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        aria-autocomplete={alone ? undefined : "list"}
        aria-controls={naming ? "mentioning" : undefined}
        aria-activedescendant={naming ? `mentioning-${chosen}` : undefined}
        onKeyDown={(event) => {
          if (onNamingKey(event)) return;
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send();
        }}
      />
      {naming ? (
        <div className={style.naming}>
          <Choices
            id="mentioning"
            label={t("reply.mentioning")}
            choices={naming.people.map((it) => ({ key: String(it.id), title: it.name }))}
            at={chosen}
            empty=""
            onAt={setAt}
            onPick={({ key }) => name(key)}
          />
        </div>
      ) : null}
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
