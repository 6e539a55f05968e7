import { useTranslation } from "react-i18next";
import type { Conversation } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Ago } from "@/shared/ui/Clock";
import { Banner, ErrorLine } from "@/shared/ui/States";
import { useSuggestion } from "./api/suggestion";
import style from "./Suggestions.module.css";

/** "Même affaire ?": a person decides, never the machine. */
export function Suggestions({
  conversation,
  onOpen,
}: {
  conversation: Conversation;
  onOpen: (id: number) => void;
}) {
  const { t, i18n } = useTranslation();
  const answer = useSuggestion(conversation.id);
  return conversation.suggestions.map(({ id, conversation: other, reason_fr, reason_en }) => (
    <Banner
      key={id}
      tone="waiting"
      action={
        <div className={style.acts}>
          <Button busy={answer.isPending} onClick={() => answer.mutate({ id, accept: true })}>
            {t("conversation.suggestion_accept")}
          </Button>
          <Button kind="ghost" busy={answer.isPending} onClick={() => answer.mutate({ id, accept: false })}>
            {t("conversation.suggestion_decline")}
          </Button>
        </div>
      }
    >
      <b>{t("conversation.suggestion")}</b>{" "}
      <button type="button" className={style.other} onClick={() => onOpen(other.id)}>
        {other.subject || t("owed.no_subject")} · n° {other.number}
      </button>{" "}
      <span className={style.why}>
        {other.customer_name}, <Ago at={other.last_message_at} />.{" "}
        {i18n.language.startsWith("fr") ? reason_fr : reason_en}
      </span>
      <ErrorLine error={answer.error} />
    </Banner>
  ));
}
