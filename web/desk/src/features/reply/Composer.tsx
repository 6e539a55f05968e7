import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "@/shared/api/types";
import { useKeys } from "@/shared/keys/useKeys";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Banner, ErrorLine } from "@/shared/ui/States";
import { useFindings } from "./api/check";
import style from "./Composer.module.css";
import { Files } from "./Files";
import { Findings } from "./Findings";
import { Foot } from "./Foot";
import { Holding } from "./Holding";
import { NoteForm } from "./NoteForm";
import { Recipients } from "./Recipients";
import { Signature } from "./Signature";
import { firstUnseen } from "./unseen";
import { isWritten, useAnswer } from "./useAnswer";
import { useSending } from "./useSending";
import { useUploads } from "./useUploads";

const Editor = lazy(() => import("./Editor"));

interface ComposerProps {
  conversation: Conversation;
  /** To the next one that is owed. */
  onNext: () => void;
  /** Back to this conversation, when an answer is taken back from elsewhere. */
  onReturn: (conversation: number) => void;
}

/** Where the answer is written: its draft, its files, what the guard says, and the one door out. */
export function Composer({ conversation, onNext, onReturn }: ComposerProps) {
  const { t } = useTranslation();
  const [tab, setTab] = useState<"answer" | "note">("answer");
  const [focus, setFocus] = useState(0);
  const [sent, setSent] = useState(false);
  const writing = useAnswer(conversation);
  const { answer, change, saved, version } = writing;
  const uploads = useUploads((file) => change({ attachments: [...answer.attachments, file] }));
  const findings = useFindings(
    conversation.id,
    answer.html,
    answer.attachments.map(({ id }) => id),
  );
  const unseen = firstUnseen(conversation, answer.seen_through);
  const sending = useSending({ conversation, writing, onReturn, onSent: () => setSent(true) });
  const written = isWritten(answer.html);
  const ready = written && answer.to.length > 0 && !uploads.busy && !unseen;
  const open = (where: "answer" | "note") => {
    setTab(where);
    setSent(false);
    setFocus((n) => n + 1);
  };
  useKeys({ r: () => open("answer"), i: () => open("note") });
  const send = () => {
    if (ready && !sending.busy) sending.send();
  };

  if (sent && !written) {
    return (
      <div className={style.sent}>
        <Button onClick={() => open("answer")}>{t("reply.again")}</Button>
        <Button kind="primary" hint="N" onClick={onNext}>
          {t("reply.next")}
        </Button>
      </div>
    );
  }
  return (
    <section
      className={cx(style.composer, tab === "note" && style.note)}
      data-empty={written ? undefined : ""}
      aria-label={t("reply.label")}
    >
      <div className={style.tabs}>
        {(["answer", "note"] as const).map((it) => (
          <button
            key={it}
            type="button"
            aria-pressed={tab === it}
            className={cx(style.tab, tab === it && style.on)}
            onClick={() => open(it)}
          >
            {t(`reply.tab.${it}`)}
          </button>
        ))}
        <span className={style.state} role="status" data-state={saved.state}>
          {tab === "answer" && saved.state !== "idle" ? t(`reply.saved.${saved.state}`) : ""}
        </span>
      </div>
      {tab === "note" ? (
        <NoteForm conversation={conversation.id} focus={focus} onAdded={() => setTab("answer")} />
      ) : (
        <>
          <Recipients to={answer.to} cc={answer.cc} bcc={answer.bcc} onChange={change} />
          {unseen ? (
            <div className={style.banner}>
              <Banner
                action={
                  <Button onClick={() => change({ seen_through: conversation.seen_through })}>
                    {t("reply.unseen_read")}
                  </Button>
                }
              >
                {unseen.message
                  ? t("reply.unseen", {
                      name: unseen.message.author.name || unseen.message.author.address || t("owed.unknown"),
                    })
                  : t("reply.unseen_merged", { number: unseen.merged })}
              </Banner>
            </div>
          ) : null}
          {saved.state === "stale" ? (
            <div className={style.banner}>
              <Banner
                action={
                  saved.theirs ? (
                    <>
                      <Button onClick={() => saved.theirs && writing.adopt(saved.theirs)}>
                        {t("reply.stale_theirs")}
                      </Button>
                      <Button
                        onClick={() => {
                          writing.saver.resume(saved.theirs?.revision ?? 0);
                          change({});
                        }}
                      >
                        {t("reply.stale_mine")}
                      </Button>
                    </>
                  ) : null
                }
              >
                {t("reply.stale", { name: saved.theirs?.updated_by?.name ?? t("reply.somebody") })}
              </Banner>
            </div>
          ) : null}
          <Suspense fallback={<Skeleton lines={2} />}>
            <Editor
              html={answer.html}
              version={version}
              language={conversation.customer.language || "fr"}
              placeholder={t("reply.placeholder", { name: conversation.customer.name.split(" ")[0] })}
              findings={findings}
              focus={focus}
              onChange={(html) => change({ html })}
              onFiles={uploads.add}
              onSend={send}
            />
          </Suspense>
          <Files
            attachments={answer.attachments}
            uploads={uploads.uploads}
            onRemove={(id) => change({ attachments: answer.attachments.filter((file) => file.id !== id) })}
            onForget={uploads.forget}
          />
          <Findings
            findings={sending.held.length ? sending.held : findings}
            held={sending.held.length > 0}
            reason={sending.reason}
            onReason={sending.setReason}
            onPass={sending.pass}
            busy={sending.busy}
          />
          {answer.holding_until ? (
            <Holding until={answer.holding_until} onChange={(holding_until) => change({ holding_until })} />
          ) : null}
          <Signature conversation={conversation} />
          <div className={style.error}>
            <ErrorLine error={sending.error} />
          </div>
          <Foot
            ready={ready}
            written={written}
            busy={sending.busy}
            holding={Boolean(answer.holding_until)}
            onFiles={uploads.add}
            onHolding={(holding_until) => change({ holding_until })}
            onDiscard={writing.discard}
            onSend={send}
          />
        </>
      )}
    </section>
  );
}
