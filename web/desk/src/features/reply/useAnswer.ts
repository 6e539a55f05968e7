import { useCallback, useEffect, useRef, useState } from "react";
import type { Addr, Attachment, Conversation, Draft, DraftOptions, Message } from "@/shared/api/types";
import { dropDraft, saveDraft } from "./api/draft";
import { DraftSaver, type SaveState } from "./draft-saver";

/** What the author has in hand for one conversation. */
export interface Answer {
  html: string;
  to: Addr[];
  cc: Addr[];
  bcc: Addr[];
  attachments: Attachment[];
  holding_until: string | null;
  seen_through: number;
  options: DraftOptions;
}

function fresh(conversation: Conversation): Answer {
  return {
    html: "",
    to: conversation.reply.to,
    cc: conversation.reply.cc,
    bcc: [],
    attachments: [],
    holding_until: null,
    seen_through: conversation.seen_through,
    options: {},
  };
}

function fromDraft(draft: Draft): Answer {
  return {
    ...draft,
    bcc: draft.bcc ?? [],
    cc: draft.cc ?? [],
    attachments: draft.attachments ?? [],
    options: draft.options ?? {},
  };
}

export function isWritten(html: string): boolean {
  return html.replace(/<[^>]*>|&nbsp;/g, "").trim() !== "" || /<img/i.test(html);
}

/** The answer being written: its state, and its draft on the server. */
export function useAnswer(conversation: Conversation) {
  const kept = conversation.draft?.kind === "answer" ? conversation.draft : null;
  const [answer, setAnswer] = useState<Answer>(() => (kept ? fromDraft(kept) : fresh(conversation)));
  const [saved, setSaved] = useState<{ state: SaveState; theirs?: Draft }>({
    state: kept ? "saved" : "idle",
  });
  // The editor holds its own text; it is given a new one only when this number moves.
  const [version, setVersion] = useState(0);
  const [saver] = useState(
    () =>
      new DraftSaver({
        revision: kept?.revision ?? 0,
        save: (draft) => saveDraft(conversation.id, draft),
        onState: (state, theirs) => setSaved({ state, theirs }),
      }),
  );
  const touched = useRef(Boolean(kept));

  const change = useCallback(
    (part: Partial<Answer>) => {
      setAnswer((before) => {
        const next = { ...before, ...part };
        touched.current = true;
        saver.change({
          html: next.html,
          to: next.to,
          cc: next.cc,
          bcc: next.bcc,
          attachments: next.attachments.map(({ id }) => id),
          seen_through: next.seen_through,
          kind: "answer",
          holding_until: next.holding_until,
          options: next.options,
        });
        return next;
      });
    },
    [saver],
  );

  const adopt = useCallback(
    (draft: Draft) => {
      saver.resume(draft.revision);
      touched.current = true;
      setAnswer(fromDraft(draft));
      setVersion((n) => n + 1);
    },
    [saver],
  );

  // A draft that comes while nothing is written here (an undo, a colleague's hand-over) is taken up.
  const newest = kept?.revision ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new revision counts
  useEffect(() => {
    if (kept && !touched.current) adopt(kept);
    // Nothing written yet: what is on the screen is what was seen.
    if (!kept && !touched.current) setAnswer(fresh(conversation));
  }, [newest, conversation.seen_through]);

  // Leaving the conversation saves at once rather than after the silence.
  useEffect(() => () => void saver.flush(), [saver]);

  const reset = useCallback(() => {
    saver.forget();
    touched.current = false;
    setAnswer(fresh(conversation));
    setVersion((n) => n + 1);
  }, [saver, conversation]);

  const discard = useCallback(() => {
    reset();
    void dropDraft(conversation.id).catch(() => undefined);
  }, [reset, conversation.id]);

  /** Both texts, one under the other, saved over the one that is there. */
  const join = useCallback(
    (theirs: Draft) => {
      saver.resume(theirs.revision);
      change({
        html: `${theirs.html}<p></p>${answer.html}`,
        attachments: [
          ...answer.attachments,
          ...(theirs.attachments ?? []).filter(({ id }) => answer.attachments.every((own) => own.id !== id)),
        ],
      });
      setVersion((n) => n + 1);
    },
    [saver, change, answer],
  );

  /** Hands a message on to somebody else, with its files; whatever was written is the caller's to keep. */
  const handOn = useCallback(
    (message: Message) =>
      change({
        to: [],
        cc: [],
        bcc: [],
        holding_until: null,
        attachments: message.attachments.filter(({ inline }) => !inline),
        options: { forward: message.id },
      }),
    [change],
  );

  return { answer, change, saved, saver, version, adopt, join, handOn, reset, discard };
}
