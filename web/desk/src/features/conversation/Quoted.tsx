import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useQuote } from "./api/quote";
import style from "./MessageItem.module.css";

/** The quoted part below a text, one press away. */
export function Quoted({ message }: { message: number }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const quote = useQuote(message, open);
  return (
    <>
      {open && quote.data ? <blockquote className={style.quote}>{quote.data.text}</blockquote> : null}
      <div className={style.more}>
        <button type="button" className={style.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? "conversation.quote_hide" : "conversation.quote_show")}
        </button>
      </div>
    </>
  );
}
