import { Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AnswerAction, Conversation, DraftOptions } from "@/shared/api/types";
import { later } from "@/shared/later";
import { finishedWriting, wrote } from "@/shared/live/presence";
import { dayAt } from "@/shared/time/local";
import { useZone } from "@/shared/time/zone";
import { did } from "@/shared/tour/deeds";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine } from "@/shared/ui/States";
import { ActionChips } from "./ActionChips";
import { joinActions } from "./actions";
import { useReview } from "./api/check";
import { useFalseAlarm } from "./api/false-alarm";
import { Banners } from "./Banners";
import style from "./Composer.module.css";
import { Files } from "./Files";
import { Findings, firstDismissible, firstFixable } from "./Findings";
import { Foot } from "./Foot";
import { Holding } from "./Holding";
import { IncidentHints } from "./IncidentHints";
import { LaterDialog, LeavesLine } from "./Later";
import { PromiseChips } from "./PromiseChips";
import { Questions } from "./Questions";
import { Recipients } from "./Recipients";
import { Signature } from "./Signature";
import { firstUnseen } from "./unseen";
import { isWritten, type useAnswer } from "./useAnswer";
import { useInserting } from "./useInserting";
import { usePromises } from "./usePromises";
import { useReading } from "./useReading";
import { useSending } from "./useSending";
import { useUploads } from "./useUploads";

const Editor = later(() => import("@/shared/editor/Editor"), "default");
const SlashMenu = later(() => import("./SlashMenu"), "SlashMenu");
const FactsMenu = later(() => import("./FactsMenu"), "FactsMenu");

interface AnswerFormProps {
  conversation: Conversation;
  writing: ReturnType<typeof useAnswer>;
  focus: number;
  onReturn: (conversation: number) => void;
  onSent: (actions: AnswerAction[]) => void;
}

/** An answer: its words, its files, what the guard says, what it promises, and the one door out. */
export function AnswerForm({ conversation, writing, focus, onReturn, onSent }: AnswerFormProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const { answer, change, version } = writing;
  const [later, setLater] = useState(false);
  const language = conversation.customer.language || "fr";
  const uploads = useUploads((file) => change({ attachments: [...answer.attachments, file] }));
  const inserting = useInserting({ answer, change, addFiles: uploads.add });
  const options = (part: Partial<DraftOptions>) => change({ options: { ...answer.options, ...part } });
  const chosen = answer.options.send_at ?? null;
  const sendAt = chosen && new Date(chosen) > new Date() ? chosen : null;
  const actions = answer.options.actions ?? [];
  const { findings, questions, promises } = useReview(conversation.id, {
    html: answer.html,
    attachments: answer.attachments.map(({ id }) => id),
    seen_through: answer.seen_through,
    holding_until: answer.holding_until,
    send_at: sendAt,
    options: answer.options,
  });
  const promising = usePromises({ found: promises, options: answer.options, onOptions: options });
  const { dismissed, dismiss, left } = useFalseAlarm(conversation.id, answer, sendAt, options);
  const ticked = answer.options.answered ?? [];
  const shown = questions.map((it) => ({ ...it, answered: it.answered || ticked.includes(it.words) }));
  const unseen = firstUnseen(conversation, answer.seen_through);
  const sending = useSending({
    conversation,
    writing,
    sendAt,
    promises: promising.promises,
    unanswered: shown.filter(({ answered }) => !answered).map(({ words }) => words),
    onReturn,
    onSent: () => {
      finishedWriting();
      did("sent");
      onSent(actions);
    },
  });
  const told = left(sending.held.length ? sending.held : findings);
  const written = isWritten(answer.html);
  const forward = Boolean(answer.options.forward);
  const ready = (written || forward) && answer.to.length > 0 && !uploads.busy && !unseen;
  const send = () => {
    if (ready && !sending.busy) sending.send();
  };
  const reading = useReading({
    conversation,
    writing,
    sendAt,
    promises: promising.promises,
    findings: told,
    ready,
  });
  const stops = told.some(({ severity }) => severity !== "warn");
  useEffect(() => {
    if (stops) did("stopped");
  }, [stops]);
  const onKey = (event: KeyboardEvent) => {
    const mod = event.metaKey || event.ctrlKey;
    if (mod && event.shiftKey && event.key === "Enter") reading.offer?.();
    else if (mod && event.key === "Enter") send();
    else if (mod && event.key.toLowerCase() === "j") inserting.openFacts();
    else if (event.altKey && event.key === "Enter") inserting.fix(firstFixable(told));
    else if (event.altKey && event.key === "Backspace") dismiss(firstDismissible(told, dismissed));
    else return false;
    return true;
  };
  const tick = (words: string, on: boolean) =>
    options({ answered: on ? [...ticked, words].slice(-20) : ticked.filter((it) => it !== words) });

  return (
    <>
      <Recipients
        to={answer.to}
        cc={answer.cc}
        bcc={answer.bcc}
        others={forward ? [] : conversation.reply.cc}
        open={forward && answer.to.length === 0}
        onChange={change}
      />
      <Banners conversation={conversation} writing={writing} unseen={unseen} />
      {forward ? null : <IncidentHints conversation={conversation.id} onInsert={inserting.write} />}
      <Suspense fallback={<Skeleton lines={2} />}>
        <Editor
          html={answer.html}
          version={version}
          language={language}
          placeholder={t(forward ? "reply.forward_placeholder" : "reply.placeholder", {
            name: conversation.customer.name.split(" ")[0],
          })}
          findings={told}
          focus={focus}
          onChange={(html) => {
            wrote(conversation.id);
            did("answering");
            change({ html });
          }}
          onFiles={inserting.addAll}
          onKey={onKey}
          onSlash={inserting.setSlash}
          onSlashKey={(event) => inserting.menu.current?.onKey(event) ?? false}
          onEditor={inserting.setEditor}
          pictureUrl={inserting.pictureUrl}
        />
      </Suspense>
      <Suspense fallback={null}>
        {inserting.slash && inserting.editor ? (
          <SlashMenu
            slash={inserting.slash}
            conversation={conversation.id}
            language={language}
            editor={inserting.editor}
            keys={inserting.menu}
            onInserted={(more) => options({ actions: joinActions(actions, more) })}
          />
        ) : null}
        {inserting.facts && inserting.editor ? (
          <FactsMenu
            conversation={conversation.id}
            language={language}
            editor={inserting.editor}
            place={inserting.facts}
            onClose={inserting.closeFacts}
          />
        ) : null}
      </Suspense>
      <Files
        attachments={answer.attachments.filter(({ inline }) => !inline)}
        uploads={uploads.uploads}
        onRemove={(id) => change({ attachments: answer.attachments.filter((file) => file.id !== id) })}
        onForget={uploads.forget}
      />
      <Findings
        findings={told}
        author={{
          held: sending.held.length > 0,
          reason: sending.reason,
          onReason: sending.setReason,
          onPass: sending.pass,
          onReading: reading.offer,
          onFix: inserting.fix,
          onShow: inserting.show,
          dismissed,
          onDismiss: dismiss,
          busy: sending.busy,
        }}
      />
      {answer.holding_until ? (
        <Holding until={answer.holding_until} onChange={(holding_until) => change({ holding_until })} />
      ) : null}
      <Signature conversation={conversation} />
      <Questions questions={shown} ticked={ticked} onTick={tick} />
      <PromiseChips promises={promising.promises} onDate={promising.setDate} onRemove={promising.remove} />
      <ActionChips actions={actions} onChange={(next) => options({ actions: next })} />
      {sendAt ? (
        <LeavesLine at={sendAt} onChange={() => setLater(true)} onNow={() => options({ send_at: null })} />
      ) : null}
      <div className={style.error}>
        <ErrorLine error={sending.error} />
      </div>
      <Foot
        ready={ready}
        written={written || forward}
        busy={sending.busy}
        holding={Boolean(answer.holding_until)}
        later={sendAt !== null}
        quote={Boolean(answer.options.quote)}
        forward={forward}
        onSaved={inserting.openSlash}
        onFacts={inserting.openFacts}
        onFiles={uploads.add}
        onLater={() => setLater(true)}
        onHolding={() => change({ holding_until: dayAt(new Date(), 1, "12:00", zone).toISOString() })}
        onQuote={() => options({ quote: !answer.options.quote })}
        onReading={reading.offer}
        onDiscard={writing.discard}
        onSend={send}
      />
      {reading.dialog}
      {later ? (
        <LaterDialog
          onClose={() => setLater(false)}
          onChoose={(at) => {
            options({ send_at: at });
            setLater(false);
          }}
        />
      ) : null}
    </>
  );
}
