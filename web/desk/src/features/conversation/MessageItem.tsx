import { useState } from "react";
import { useTranslation } from "react-i18next";
import { address } from "@/shared/api/call";
import type { Message } from "@/shared/api/types";
import { Ago } from "@/shared/ui/Clock";
import { cx } from "@/shared/ui/cx";
import { Attachments } from "./Attachments";
import { useQuote } from "./api/quote";
import { DeliveryLine } from "./DeliveryLine";
import style from "./MessageItem.module.css";

// The kinds that nobody needs to be told: a customer's words and our answer to them.
const PLAIN = new Set(["customer", "answer", "own"]);
// Machine mail is one line until somebody asks for more.
const FOLDED = new Set(["acknowledgement", "reminder", "system", "report"]);

/** One message: who, when, their own words, the rest one press away. */
export function MessageItem({
  message,
  onForward,
}: {
  message: Message;
  onForward?: (message: Message) => void;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(!FOLDED.has(message.kind));
  const name = message.author.name || message.author.address || t("owed.unknown");
  return (
    <article className={cx(style.message, message.direction === "out" && style.out)} aria-label={name}>
      <div className={style.by}>
        <b>{name}</b>
        <span>
          <Ago at={message.at} /> · {t(`conversation.by.${message.channel}`)}
          {PLAIN.has(message.kind) ? null : ` · ${t(`message.${message.kind}`)}`}
        </span>
      </div>
      {open ? (
        <Body message={message} onForward={onForward} />
      ) : (
        <button type="button" className={style.fold} onClick={() => setOpen(true)}>
          {t("conversation.show_message")}
        </button>
      )}
      {message.delivery ? <DeliveryLine delivery={message.delivery} /> : null}
      {message.passed ? (
        <p className={style.passed}>{t("guard.passed", { reason: message.passed.reason })}</p>
      ) : null}
    </article>
  );
}

function Body({ message, onForward }: { message: Message; onForward?: (message: Message) => void }) {
  const { t } = useTranslation();
  const [framed, setFramed] = useState(message.prefer_html);
  const [remote, setRemote] = useState(false);
  const [quoted, setQuoted] = useState(false);
  const quote = useQuote(message.id, quoted && !framed);
  return (
    <>
      {framed ? (
        <iframe
          className={style.frame}
          title={t("conversation.frame_title")}
          // No scripts and no origin: whatever the mail holds, it can do nothing here.
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
          src={address(`/messages/${message.id}/frame?remote=${remote ? 1 : 0}&quote=${quoted ? 1 : 0}`)}
        />
      ) : (
        <p className={style.text}>{message.text || t("conversation.no_words")}</p>
      )}
      {quoted && !framed && quote.data ? (
        <blockquote className={style.quote}>{quote.data.text}</blockquote>
      ) : null}
      <Attachments attachments={message.attachments.filter((it) => !it.inline || !framed)} />
      <div className={style.more}>
        {message.has_quote ? (
          <button
            type="button"
            className={style.fold}
            aria-expanded={quoted}
            onClick={() => setQuoted(!quoted)}
          >
            {quoted ? t("conversation.quote_hide") : t("conversation.quote_show")}
          </button>
        ) : null}
        {message.has_html ? (
          <button
            type="button"
            className={style.fold}
            aria-pressed={framed}
            onClick={() => setFramed(!framed)}
          >
            {framed ? t("conversation.as_text") : t("conversation.as_html")}
          </button>
        ) : null}
        {framed && message.remote_blocked && !remote ? (
          <button type="button" className={style.fold} onClick={() => setRemote(true)}>
            {t("conversation.remote")}
          </button>
        ) : null}
        {onForward && message.channel === "mail" ? (
          <button type="button" className={style.fold} onClick={() => onForward(message)}>
            {t("conversation.forward")}
          </button>
        ) : null}
      </div>
    </>
  );
}
