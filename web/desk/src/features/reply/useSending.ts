import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keys } from "@/shared/api/keys";
import { Problem } from "@/shared/api/problem";
import type { Conversation, Finding, PromiseInText } from "@/shared/api/types";
import { speakAt } from "@/shared/time/speak";
import { useZone } from "@/shared/time/zone";
import { useToast } from "@/shared/ui/Toast";
import { uuid } from "@/shared/uuid";
import { type Sent, useSend } from "./api/send";
import { undoDelivery } from "./api/undo";
import type { useAnswer } from "./useAnswer";

interface Sending {
  conversation: Conversation;
  writing: ReturnType<typeof useAnswer>;
  /** Later than now, when the author chose so. */
  sendAt: string | null;
  promises: PromiseInText[];
  /** Questions of the customer's that the answer doesn't speak to: said with the time to undo. */
  unanswered: string[];
  onReturn: (conversation: number) => void;
  onSent: () => void;
}

/** The press on "Envoyer" and what may come of it: gone, held by the guard, or stopped by something unseen. */
export function useSending(given: Sending) {
  const { conversation, writing, sendAt, promises, unanswered, onReturn, onSent } = given;
  const { t, i18n } = useTranslation();
  const zone = useZone();
  const toasts = useToast();
  const queries = useQueryClient();
  const send = useSend(conversation.id);
  const [key, setKey] = useState(uuid);
  const [held, setHeld] = useState<{ html: string; findings: Finding[] }>({ html: "", findings: [] });
  const [reason, setReason] = useState("");
  const { answer } = writing;

  const undo = async (delivery: Sent) => {
    try {
      const { draft } = await undoDelivery(delivery.id);
      queries.setQueryData<Conversation>(keys.conversation(conversation.id), (shown) =>
        shown && draft ? { ...shown, draft } : shown,
      );
      await queries.invalidateQueries();
      onReturn(conversation.id);
    } catch (error) {
      const late = error instanceof Problem && error.code === "too_late";
      toasts.show({ text: t(late ? "reply.undo_late" : "ui.undo_failed"), tone: "broken" });
    }
  };

  const accepted = (delivery: Sent) => {
    setKey(uuid());
    setHeld({ html: "", findings: [] });
    setReason("");
    writing.reset();
    onSent();
    const until = delivery.undo_until ? Date.parse(delivery.undo_until) : 0;
    const seconds = Math.min(60, Math.round((until - Date.now()) / 1000));
    const left = unanswered.length;
    const warning = left ? ` · ${t("reply.questions_left", { count: left, words: unanswered[0] })}` : "";
    const speech = { now: new Date(), zone, language: i18n.language };
    const leaving = sendAt ? t("reply.leaves", { when: speakAt(new Date(sendAt), speech) }) : "";
    toasts.show({
      key: "sent",
      text:
        leaving ||
        (seconds > 0 ? (n) => t("reply.sent_in", { count: n }) + warning : t("reply.sent") + warning),
      seconds: leaving ? 10 : seconds > 0 ? seconds : 4,
      action:
        seconds > 0 || leaving
          ? { label: t("ui.undo"), run: () => void undo(delivery), undo: true }
          : undefined,
    });
  };

  const refused = (error: unknown) => {
    if (!(error instanceof Problem)) return;
    if (error.code === "held") {
      setHeld({ html: answer.html, findings: (error.body.findings as Finding[] | undefined) ?? [] });
    }
    if (error.code === "unseen")
      void queries.invalidateQueries({ queryKey: keys.conversation(conversation.id) });
  };

  const press = async (passReason: string | null) => {
    // The words must be safe on the server before they may leave it.
    await writing.saver.flush();
    send.mutate(
      {
        key,
        html: answer.html,
        to: answer.to,
        cc: answer.cc,
        bcc: answer.bcc,
        attachments: answer.attachments.map(({ id }) => id),
        seen_through: answer.seen_through,
        holding_until: answer.holding_until,
        send_at: sendAt,
        pass_reason: passReason,
        options: answer.options,
        promises,
      },
      { onSuccess: ({ delivery }) => accepted(delivery), onError: refused },
    );
  };

  const told = send.error instanceof Problem && ["held", "unseen"].includes(send.error.code);
  return {
    send: () => void press(null),
    pass: () => void press(reason.trim()),
    busy: send.isPending,
    // What was held speaks of the words as they were; once they change it is silent.
    held: held.html === answer.html ? held.findings : [],
    reason,
    setReason,
    error: told ? null : send.error,
  };
}
