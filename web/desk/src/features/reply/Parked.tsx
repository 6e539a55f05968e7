import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/shared/api/problem";
import type { Conversation, Draft, DraftReading, Finding } from "@/shared/api/types";
import { useCommands } from "@/shared/commands/commands";
import { useKeys } from "@/shared/keys/useKeys";
import { later } from "@/shared/later";
import { useSignedIn } from "@/shared/session/useMe";
import { Button } from "@/shared/ui/Button";
import { Clock } from "@/shared/ui/Clock";
import { TextArea } from "@/shared/ui/Field";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Banner, ErrorLine } from "@/shared/ui/States";
import { useToast } from "@/shared/ui/Toast";
import { useReview } from "./api/check";
import { useApprove, useEndReading } from "./api/reading";
import { undoDelivery } from "./api/undo";
import style from "./Composer.module.css";
import { Files } from "./Files";
import { Findings } from "./Findings";
import { firstUnseen } from "./unseen";

const Editor = later(() => import("@/shared/editor/Editor"), "default");

interface ParkedProps {
  conversation: Conversation;
  draft: Draft;
  reading: DraftReading;
  onSent: () => void;
}

const nothing = () => undefined;

/** A draft that waits for a second reading: read by a colleague, taken back by its author, changed by nobody. */
export function Parked({ conversation, draft, reading, onSent }: ParkedProps) {
  const { t } = useTranslation();
  const me = useSignedIn();
  const toasts = useToast();
  const approve = useApprove(conversation.id);
  const end = useEndReading(conversation.id);
  const [seen, setSeen] = useState(conversation.seen_through);
  const [note, setNote] = useState<string | null>(null);
  const [held, setHeld] = useState<Finding[]>([]);
  const mine = reading.author.id === me.person.id;
  const yours = reading.reader.id === me.person.id;
  const unseen = mine ? null : firstUnseen(conversation, seen);
  const { findings } = useReview(conversation.id, {
    html: draft.html,
    attachments: (draft.attachments ?? []).map(({ id }) => id),
    seen_through: draft.seen_through,
    holding_until: draft.holding_until ?? null,
    send_at: reading.send_at ?? null,
    options: draft.options ?? {},
  });
  const busy = approve.isPending || end.isPending;
  const send = () => {
    if (mine || unseen || busy) return;
    // As a promise: a live event may take this draft off the screen before the answer is told.
    approve
      .mutateAsync({ reading: reading.id, seen_through: seen, pass_reason: "" })
      .then(({ delivery }) => {
        onSent();
        toasts.show({
          key: "sent",
          text: t("reading.sent", { name: reading.author.name }),
          seconds: 10,
          action: {
            label: t("ui.undo"),
            run: () => void undoDelivery(delivery.id).catch(nothing),
            undo: true,
          },
        });
      })
      .catch((error: unknown) => {
        if (error instanceof Problem && error.code === "held") {
          setHeld((error.body.findings as Finding[] | undefined) ?? []);
        }
      });
  };
  const back = () => end.mutate({ reading: reading.id });
  const giveBack = () => {
    if (note?.trim() && !busy) end.mutate({ reading: reading.id, note: note.trim() });
  };
  // While a note is written the same key returns the draft, and in a dialog it is the dialog's own.
  const enter = () => {
    if (document.querySelector('[role="dialog"],[role="menu"]')) return;
    if (note === null) send();
    else giveBack();
  };
  useKeys({ "mod+enter": enter, b: () => (mine ? back() : setNote(note ?? "")) });
  useCommands([
    ...(mine
      ? [
          {
            key: "reading-back",
            group: "conversation" as const,
            label: t("reading.withdraw"),
            hint: "B",
            run: back,
          },
        ]
      : [
          {
            key: "reading-send",
            group: "conversation" as const,
            label: t("reading.approve"),
            hint: "⌘ ↵",
            run: send,
          },
          {
            key: "reading-return",
            group: "conversation" as const,
            label: t("reading.return"),
            hint: "B",
            run: () => setNote(note ?? ""),
          },
        ]),
  ]);
  return (
    <>
      <div className={style.banner}>
        <Banner
          tone="waiting"
          action={
            mine ? (
              <Button hint="B" busy={end.isPending} onClick={back}>
                {t("reading.withdraw")}
              </Button>
            ) : null
          }
        >
          {t(mine ? "reading.waits" : yours ? "reading.asked_you" : "reading.asked", {
            reader: reading.reader.name,
            author: reading.author.name,
          })}{" "}
          <Clock due={reading.due_at} />
          {reading.pass_reason ? <p>{t("reading.author_says", { reason: reading.pass_reason })}</p> : null}
        </Banner>
      </div>
      {unseen ? (
        <div className={style.banner}>
          <Banner
            action={
              <Button onClick={() => setSeen(conversation.seen_through)}>{t("reply.unseen_read")}</Button>
            }
          >
            {unseen.message
              ? t("reply.unseen", { name: unseen.message.author.name || unseen.message.author.address })
              : t("reply.unseen_merged", { number: unseen.merged })}
          </Banner>
        </div>
      ) : null}
      <Suspense fallback={<Skeleton lines={2} />}>
        <Editor
          readOnly
          html={draft.html}
          version={draft.revision}
          language={conversation.customer.language || "fr"}
          placeholder={t("reading.draft_of", { name: reading.author.name })}
          findings={findings}
          focus={0}
          onChange={nothing}
        />
      </Suspense>
      <Files
        attachments={(draft.attachments ?? []).filter(({ inline }) => !inline)}
        uploads={[]}
        onForget={nothing}
      />
      <Findings findings={held.length ? held : findings} />
      {mine ? null : (
        <div className={style.reading}>
          {note === null ? null : (
            <TextArea
              autoFocus
              label={t("reading.note")}
              value={note}
              maxLength={5000}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
          <ErrorLine error={held.length ? null : (approve.error ?? end.error)} />
          {note === null ? (
            <div className={style.readingActs}>
              <Button hint="B" onClick={() => setNote("")}>
                {t("reading.return")}
              </Button>
              <Button
                kind="primary"
                hint="⌘ ↵"
                busy={approve.isPending}
                disabled={Boolean(unseen)}
                onClick={send}
              >
                {t("reading.approve")}
              </Button>
            </div>
          ) : (
            <div className={style.readingActs}>
              <Button onClick={() => setNote(null)}>{t("ui.cancel")}</Button>
              <Button
                kind="primary"
                hint="⌘ ↵"
                busy={end.isPending}
                disabled={!note.trim()}
                onClick={giveBack}
              >
                {t("reading.return")}
              </Button>
            </div>
          )}
        </div>
      )}
    </>
  );
}
