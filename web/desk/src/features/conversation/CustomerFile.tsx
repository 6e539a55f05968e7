import { useTranslation } from "react-i18next";
import type { Conversation } from "@/shared/api/types";
import { Ago } from "@/shared/ui/Clock";
import { Attributes } from "./Attributes";
import style from "./CustomerFile.module.css";

/** What one must know of the customer before answering (P17). */
export function CustomerFile({
  conversation,
  onOpen,
}: {
  conversation: Conversation;
  onOpen: (id: number) => void;
}) {
  const { t } = useTranslation();
  const { customer, previous, mailbox } = conversation;
  const since = customer.since ? new Date(customer.since).getFullYear() : null;
  return (
    <div className={`${style.file} num`}>
      <h2 className={style.name}>{customer.name || customer.addresses[0] || t("owed.unknown")}</h2>
      <p className={style.sub}>
        {[
          since ? t("conversation.since", { year: since }) : "",
          t("conversation.requests", { count: customer.conversations_count }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <ul className={style.addresses}>
        {customer.addresses.map((address) => (
          <li key={address}>{address}</li>
        ))}
      </ul>
      <h3 className={style.head}>{t("conversation.promises_to")}</h3>
      <p className={style.pair}>
        <span>{t("conversation.kept")}</span>
        <span
          className={
            customer.owed_total > 0 && customer.kept === customer.owed_total ? style.kept : undefined
          }
        >
          {customer.owed_total > 0
            ? t("conversation.kept_of", { kept: customer.kept, total: customer.owed_total })
            : t("conversation.none_yet")}
        </span>
      </p>
      <h3 className={style.head}>{t("attributes.title")}</h3>
      {conversation.team ? <p>{t("conversation.to_team", { name: conversation.team.name })}</p> : null}
      <Attributes conversation={conversation} />
      {conversation.links.length ? (
        <>
          <h3 className={style.head}>{t("conversation.linked")}</h3>
          <ul>
            {conversation.links.map((other) => (
              <li key={other.id} className={style.pair}>
                <button type="button" className={style.other} onClick={() => onOpen(other.id)}>
                  {other.subject || t("owed.no_subject")}
                </button>
                <span className={style.at}>n° {other.number}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {mailbox ? (
        <>
          <h3 className={style.head}>{t("conversation.came_by")}</h3>
          <p className={style.address}>{mailbox.address}</p>
        </>
      ) : null}
      {previous.length ? (
        <>
          <h3 className={style.head}>{t("conversation.before")}</h3>
          <ul>
            {previous.map((other) => (
              <li key={other.id} className={style.pair}>
                <button type="button" className={style.other} onClick={() => onOpen(other.id)}>
                  {other.subject || t("owed.no_subject")}
                </button>
                <span className={style.at}>
                  <Ago at={other.at} />
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}
