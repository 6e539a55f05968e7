import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation, Message } from "@/shared/api/types";
import { useCommands } from "@/shared/commands/commands";
import { Present } from "@/shared/live/Present";
import { useHere } from "@/shared/live/presence";
import { useAlone } from "@/shared/session/useMe";
import { Button } from "@/shared/ui/Button";
import { Banner, ErrorLine } from "@/shared/ui/States";
import { useOlder } from "./api/older";
import { useMarkRead } from "./api/read";
import style from "./ConversationView.module.css";
import { CustomerFile } from "./CustomerFile";
import { Head } from "./Head";
import { Promises } from "./Promises";
import { Suggestions } from "./Suggestions";
import { Timeline } from "./Timeline";
import { useStayAtEnd } from "./useStayAtEnd";

interface ConversationViewProps {
  conversation: Conversation;
  /** The composer, which belongs to another feature. */
  composer: ReactNode;
  onBack: () => void;
  /** After an act that ends the work here: the desk goes on to the next one. */
  onLeft: () => void;
  onOpen: (conversation: number) => void;
  /** Hands a message on to somebody else. */
  onForward?: (message: Message) => void;
}

export function ConversationView(props: ConversationViewProps) {
  const { conversation, composer, onBack, onLeft, onOpen, onForward } = props;
  const { t } = useTranslation();
  const flow = useRef<HTMLDivElement>(null);
  const older = useOlder(conversation);
  useHere(conversation.id, !useAlone());
  useMarkRead(conversation.id, conversation.seen_through);

  useStayAtEnd(flow, `${conversation.id}:${conversation.seen_through}`);

  const newest = conversation.timeline.findLast(
    (it) => it.type === "message" && it.message.channel === "mail",
  );
  useCommands([
    ...(onForward && newest?.type === "message"
      ? [
          {
            key: "conversation-forward",
            group: "conversation" as const,
            label: t("conversation.forward"),
            run: () => onForward(newest.message),
          },
        ]
      : []),
    ...(conversation.older
      ? [
          {
            key: "conversation-older",
            group: "conversation" as const,
            label: t("conversation.older"),
            run: () => older.mutate(),
          },
        ]
      : []),
    {
      key: "conversation-back",
      group: "conversation",
      label: t("conversation.back"),
      hint: "Esc",
      run: onBack,
    },
  ]);

  return (
    <div className={style.view}>
      <section className={style.main} aria-label={conversation.subject || t("owed.no_subject")}>
        <Head conversation={conversation} onBack={onBack} onLeft={onLeft} />
        <Present conversation={conversation.id} polite />
        {/** biome-ignore lint/a11y/useSemanticElements: no fieldset, a place to read */}
        <div
          ref={flow}
          className={style.flow}
          // Where the keyboard arrives: the arrows scroll what is read.
          data-landing={conversation.id}
          role="group"
          aria-label={conversation.subject || t("owed.no_subject")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
          tabIndex={0}
        >
          {conversation.merged_into ? (
            <Banner
              tone="waiting"
              action={
                <button
                  type="button"
                  className={style.link}
                  onClick={() => onOpen(conversation.merged_into ?? 0)}
                >
                  {t("conversation.merged_open")}
                </button>
              }
            >
              {t("conversation.merged")}
            </Banner>
          ) : null}
          {conversation.blocked ? (
            <Banner>{t("conversation.blocked", { address: conversation.blocked.address })}</Banner>
          ) : null}
          {conversation.older ? (
            <div>
              <Button kind="ghost" busy={older.isPending} onClick={() => older.mutate()}>
                {t("conversation.older")}
              </Button>
              <ErrorLine error={older.error} />
            </div>
          ) : null}
          <Suggestions conversation={conversation} onOpen={onOpen} />
          <Timeline conversation={conversation} onForward={onForward} />
          <Promises conversation={conversation} />
          <details className={style.file}>
            <summary>{t("conversation.file")}</summary>
            <CustomerFile conversation={conversation} onOpen={onOpen} />
          </details>
        </div>
        {composer}
      </section>
      <aside className={style.aside} aria-label={t("conversation.file")}>
        <CustomerFile conversation={conversation} onOpen={onOpen} />
      </aside>
    </div>
  );
}
