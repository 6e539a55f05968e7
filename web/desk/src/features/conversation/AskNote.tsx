import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Ask, Conversation, Note } from "@/shared/api/types";
import { later } from "@/shared/later";
import { Ago, Clock } from "@/shared/ui/Clock";
import { ErrorLine } from "@/shared/ui/States";
import { useToast } from "@/shared/ui/Toast";
import { Attachments } from "./Attachments";
import { useWithdrawAsk } from "./api/asks";
import { DeliveryLine } from "./DeliveryLine";
import style from "./NoteItem.module.css";
import { Quoted } from "./Quoted";

const AskDialog = later(() => import("./AskDialog"), "AskDialog");

/** What somebody inside was asked, and whether they have answered. */
export function AskNote({
  note,
  at,
  ask,
  conversation,
}: {
  note: Note;
  at: string;
  ask: Ask | undefined;
  conversation: Conversation;
}) {
  const { t } = useTranslation();
  const toasts = useToast();
  const withdraw = useWithdrawAsk(conversation.id);
  const [again, setAgain] = useState(false);
  const who = ask?.name ?? "";
  return (
    <article className={style.note} data-kind="ask" aria-label={t("ask.asked", { name: who })}>
      <b>{t("ask.asked_by", { by: note.author?.name ?? "", name: who })}</b>{" "}
      <span className={style.at}>
        <Ago at={at} /> · {t("ask.badge")}
      </span>
      <p className={style.text}>{note.text}</p>
      {note.has_quote ? <Quoted message={note.id} /> : null}
      <Attachments attachments={note.attachments} />
      {note.delivery ? <DeliveryLine delivery={note.delivery} /> : null}
      {ask ? (
        <div className={style.state} data-state={ask.late ? "late" : ask.state}>
          {ask.state === "open" ? (
            <>
              <span>{t(ask.late ? "ask.late" : "ask.expected")}</span>
              <Clock due={ask.due_at} state={ask.late ? "broken" : "open"} />
              {ask.reminded_at ? <span className={style.at}>{t("ask.reminded")}</span> : null}
            </>
          ) : (
            <span>{t(`ask.state.${ask.state}`)}</span>
          )}
          {ask.state === "open" ? (
            <button
              type="button"
              className={style.act}
              disabled={withdraw.isPending}
              onClick={() =>
                withdraw.mutate(ask.id, {
                  onSuccess: () => toasts.show({ text: t("ask.done_withdraw") }),
                })
              }
            >
              {t("ask.withdraw")}
            </button>
          ) : null}
          <button type="button" className={style.act} onClick={() => setAgain(true)}>
            {t("ask.again")}
          </button>
        </div>
      ) : null}
      <ErrorLine error={withdraw.error} />
      {again && ask ? (
        <Suspense>
          <AskDialog
            conversation={conversation}
            again={{ ask, question: note.text }}
            onAsked={(name) => {
              setAgain(false);
              toasts.show({ text: t("ask.done", { name }) });
            }}
            onClose={() => setAgain(false)}
          />
        </Suspense>
      ) : null}
    </article>
  );
}
