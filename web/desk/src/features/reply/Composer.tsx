import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AnswerAction, Conversation, Message } from "@/shared/api/types";
import { useCommands } from "@/shared/commands/commands";
import { useKeys } from "@/shared/keys/useKeys";
import { did } from "@/shared/tour/deeds";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Kbd } from "@/shared/ui/Kbd";
import { useToast } from "@/shared/ui/Toast";
import { AfterSend } from "./AfterSend";
import { AnswerForm } from "./AnswerForm";
import { onceArrived } from "./actions";
import style from "./Composer.module.css";
import { NoteForm } from "./NoteForm";
import { Parked } from "./Parked";
import { isWritten, useAnswer } from "./useAnswer";

interface ComposerProps {
  conversation: Conversation;
  /** A message to hand on to somebody else; asked for beside it. */
  forward?: Message | null;
  /** To the next one that is owed. */
  onNext: () => void;
  /** Back to this conversation, when an answer is taken back from elsewhere. */
  onReturn: (conversation: number) => void;
}

/** Where the answer is written, or the note beside it. */
export function Composer({ conversation, forward, onNext, onReturn }: ComposerProps) {
  const { t } = useTranslation();
  const toasts = useToast();
  const [tab, setTab] = useState<"answer" | "note">("answer");
  const [focus, setFocus] = useState(0);
  const [sent, setSent] = useState(false);
  const [begun, setBegun] = useState(false);
  const [after, setAfter] = useState<AnswerAction[]>([]);
  const writing = useAnswer(conversation);
  const { answer, saved, handOn } = writing;
  const written = isWritten(answer.html);
  const open = (where: "answer" | "note") => {
    setTab(where);
    setSent(false);
    setFocus((n) => n + 1);
    if (where === "answer") did("answering");
  };
  // Nobody asked to answer: the keyboard goes back to what is read.
  const noted = () => {
    setTab("answer");
    setFocus(0);
  };
  useKeys({ r: () => open("answer"), i: () => open("note") });
  // What comes back from a second reading is written on; what was sent is gone.
  const parked = useRef(false);
  const reading = conversation.draft?.reading?.id ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the end of a reading counts
  useEffect(() => {
    if (parked.current && !reading) {
      if (conversation.draft) writing.adopt(conversation.draft);
      else writing.reset();
    }
    parked.current = reading > 0;
  }, [reading]);
  useCommands([
    { key: "reply", group: "conversation", label: t("keys.reply"), hint: "R", run: () => open("answer") },
    { key: "note", group: "conversation", label: t("keys.note"), hint: "I", run: () => open("note") },
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each asking hands on once
  useEffect(() => {
    if (!forward) return;
    if (written && answer.options.forward !== forward.id) {
      toasts.show({ text: t("reply.forward_busy") });
      return;
    }
    handOn(forward);
    open("answer");
  }, [forward]);

  if (sent && !written) {
    return (
      <div className={style.sent}>
        {after.length ? (
          <AfterSend conversation={conversation.id} actions={after} onDone={() => setAfter([])} />
        ) : null}
        <Button hint="R" onClick={() => open("answer")}>
          {t("reply.again")}
        </Button>
        <Button kind="primary" hint="N" onClick={onNext}>
          {t("reply.next")}
        </Button>
      </div>
    );
  }
  return (
    <section
      className={cx(style.composer, tab === "note" && style.note)}
      data-rest={begun || written || reading || tab === "note" ? undefined : ""}
      aria-label={t("reply.label")}
      // Once begun it stays open: what shrinks under a press would not be hit.
      onFocus={({ target }) => {
        if (target.matches("input, textarea, [contenteditable=true]")) setBegun(true);
      }}
    >
      <div className={style.tabs}>
        {(["answer", "note"] as const).map((it) => (
          <button
            key={it}
            type="button"
            aria-pressed={tab === it}
            aria-keyshortcuts={it === "answer" ? "r" : "i"}
            className={cx(style.tab, tab === it && style.on)}
            onClick={() => open(it)}
          >
            {t(it === "answer" && answer.options.forward ? "reply.forward" : `reply.tab.${it}`)}
            <span aria-hidden="true" className={style.key}>
              <Kbd>{it === "answer" ? "R" : "I"}</Kbd>
            </span>
          </button>
        ))}
        <span className={style.state} role="status" data-state={saved.state}>
          {tab === "answer" && saved.state !== "idle" && !reading ? t(`reply.saved.${saved.state}`) : ""}
        </span>
      </div>
      {tab === "note" ? (
        <NoteForm conversation={conversation.id} focus={focus} onAdded={noted} />
      ) : conversation.draft?.reading ? (
        <Parked
          conversation={conversation}
          draft={conversation.draft}
          reading={conversation.draft.reading}
          onSent={() => setSent(true)}
        />
      ) : (
        <AnswerForm
          conversation={conversation}
          writing={writing}
          focus={focus}
          onReturn={onReturn}
          onSent={(actions) => {
            setAfter(onceArrived(actions));
            setSent(true);
          }}
        />
      )}
    </section>
  );
}
