import { useTranslation } from "react-i18next";
import type { Conversation } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Banner } from "@/shared/ui/States";
import style from "./Composer.module.css";
import { Stale } from "./Stale";
import type { Unseen } from "./unseen";
import type { useAnswer } from "./useAnswer";

interface BannersProps {
  conversation: Conversation;
  writing: ReturnType<typeof useAnswer>;
  unseen: Unseen | null;
}

/** What its author must know before they write on. */
export function Banners({ conversation, writing, unseen }: BannersProps) {
  const { t } = useTranslation();
  const { answer, change, saved } = writing;
  const { options } = answer;
  const quoted = conversation.timeline.find(
    (entry) => entry.type === "message" && entry.message.id === options.forward,
  );
  return (
    <>
      {options.forward ? (
        <div className={style.banner}>
          <Banner tone="waiting" action={<Button onClick={writing.discard}>{t("reply.forward_off")}</Button>}>
            {t("reply.forward_intro", {
              name:
                (quoted?.type === "message" &&
                  (quoted.message.author.name || quoted.message.author.address)) ||
                conversation.customer.name,
            })}
          </Banner>
        </div>
      ) : null}
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
          <Stale
            theirs={saved.theirs}
            mine={answer.html}
            onTheirs={() => saved.theirs && writing.adopt(saved.theirs)}
            onMine={() => {
              writing.saver.resume(saved.theirs?.revision ?? 0);
              change({});
            }}
            onBoth={() => saved.theirs && writing.join(saved.theirs)}
          />
        </div>
      ) : null}
      {options.quote && !options.forward ? (
        <p className={style.quote}>{t("reply.quote_on", { name: conversation.customer.name })}</p>
      ) : null}
    </>
  );
}
