import { Link } from "@tanstack/react-router";
import { Paperclip } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Found, View } from "@/shared/api/types";
import { Ago, Clock } from "@/shared/ui/Clock";
import { Marked } from "./Marked";
import style from "./Result.module.css";

/** The list in which a conversation is at home. */
export function homeOf({ conversation }: Found): View {
  if (conversation.tray !== "main") return conversation.tray;
  return conversation.due_at ? "owed" : "closed";
}

/** A conversation with the message for which it was found. */
export function Result({ found }: { found: Found }) {
  const { t } = useTranslation();
  const { conversation, message } = found;
  const who = conversation.customer.name || conversation.customer.address || t("owed.unknown");
  return (
    <li>
      <Link
        to="/$view/$conversation"
        params={{ view: homeOf(found), conversation: String(conversation.id) }}
        className={style.row}
        data-result=""
      >
        <span className={style.who}>{who}</span>
        <span className={style.when}>
          {conversation.due_at && conversation.state !== "none" ? (
            <Clock due={conversation.due_at} state={conversation.state} />
          ) : (
            <Ago at={message.at} />
          )}
        </span>
        <span className={style.subject}>
          {message.subject.text ? <Marked it={message.subject} /> : t("owed.no_subject")}
          <span className={`${style.number} num`}> n° {conversation.number}</span>
        </span>
        <span className={style.excerpt}>
          {message.direction === "in" ? null : (
            <b className={style.writer}>
              {message.direction === "note" ? `${t("search.note")} · ` : null}
              <Marked it={message.from} />
              {" : "}
            </b>
          )}
          <Marked it={message.excerpt} />
        </span>
        {message.files.length > 0 ? (
          <span className={style.files}>
            <Paperclip size={13} aria-hidden="true" /> {message.files.join(", ")}
          </span>
        ) : null}
      </Link>
    </li>
  );
}
