import { ArrowLeft, MoreHorizontal } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "@/shared/api/types";
import { useDone } from "@/shared/api/useUndo";
import { useCommands } from "@/shared/commands/commands";
import { useAlone } from "@/shared/session/useMe";
import { Button } from "@/shared/ui/Button";
import { Menu } from "@/shared/ui/Menu";
import { useWords } from "@/shared/ui/States";
import { type Asked, Dialogs } from "./Dialogs";
import style from "./Head.module.css";
import { KEYS, useActs } from "./useActs";
import { useAssignees } from "./useAssignees";

interface HeadProps {
  conversation: Conversation;
  onBack: () => void;
  onLeft: () => void;
}

/** What the conversation is about, and what can be done to it. */
export function Head({ conversation, onBack, onLeft }: HeadProps) {
  const { t } = useTranslation();
  const alone = useAlone();
  const done = useDone();
  const [asked, setAsked] = useState<Asked>(null);
  const { act, items, owed, doIt } = useActs({ conversation, onAsk: setAsked, onLeft });
  const assignees = useAssignees(conversation, doIt);
  const closed = conversation.state === "closed";
  const inTray = conversation.tray !== "main";

  useCommands(
    [
      ...items,
      ...assignees.map(({ key, label, run }) => ({
        key: `assign-${key}`,
        label: t("ui.act_on", { act: t("conversation.assign"), what: label }),
        hint: undefined,
        onSelect: run,
      })),
      ...["1", "0", "-1"]
        .filter((it) => Number(it) !== conversation.priority)
        .map((it) => ({
          key: `priority-${it}`,
          label: t("ui.act_on", { act: t("attributes.priority"), what: t(`attributes.priorities.${it}`) }),
          hint: undefined,
          onSelect: () => doIt({ verb: "priority", body: { priority: Number(it) } }),
        })),
    ].map(({ key, label, hint, onSelect }) => ({
      key: `conversation-${key}`,
      group: "conversation" as const,
      label: String(label),
      hint,
      run: onSelect,
    })),
  );

  return (
    <header className={style.head}>
      <button
        type="button"
        className={style.back}
        onClick={onBack}
        aria-label={t("conversation.back")}
        aria-keyshortcuts="Escape"
      >
        <ArrowLeft size={18} aria-hidden="true" />
      </button>
      <div className={style.what} title={conversation.subject}>
        <h1 className={style.title}>{conversation.subject || t("owed.no_subject")}</h1>{" "}
        <span className={`${style.number} num`}>n° {conversation.number}</span>
      </div>
      <div className={style.acts}>
        {inTray ? (
          <Button kind="ghost" className={style.wide} onClick={() => doIt({ verb: "rescue", body: {} })}>
            {t("conversation.rescue")}
          </Button>
        ) : null}
        {alone ? null : (
          <Button kind="ghost" className={style.wide} hint={KEYS.assign} onClick={() => setAsked("assign")}>
            {conversation.assignee || conversation.team ? (
              <>
                {t(conversation.assignee ? "conversation.assigned" : "conversation.to_team", {
                  name: conversation.assignee?.name.split(" ")[0] ?? conversation.team?.name,
                })}
                <span className="visually-hidden">, {t("conversation.assign")}</span>
              </>
            ) : (
              t("conversation.assign")
            )}
          </Button>
        )}
        {closed ? null : (
          <Button kind="ghost" className={style.wide} hint={KEYS.snooze} onClick={() => setAsked("snooze")}>
            {t("conversation.snooze")}
          </Button>
        )}
        <Button kind="ghost" className={style.widest} hint={KEYS.inside} onClick={() => setAsked("inside")}>
          {t("ask.title_short")}
        </Button>
        {alone ? null : (
          <Button kind="ghost" className={style.widest} onClick={() => setAsked("escalate")}>
            {t("conversation.escalate_short")}
          </Button>
        )}
        <Menu
          label={t("conversation.more")}
          trigger={
            <Button kind="ghost" aria-label={t("conversation.more")}>
              <MoreHorizontal size={16} aria-hidden="true" />
            </Button>
          }
          items={items}
        />
      </div>
      <ActError error={asked ? null : act.error} />
      <Dialogs
        asked={asked}
        owed={owed}
        conversation={conversation}
        assignees={assignees}
        act={act}
        onDo={doIt}
        onAskedInside={(name) => {
          setAsked(null);
          done(t("ask.done", { name }), null);
        }}
        onClose={() => setAsked(null)}
      />
    </header>
  );
}

function ActError({ error }: { error: unknown }) {
  const words = useWords(error);
  return error ? (
    <p className={style.error} role="alert">
      {words}
    </p>
  ) : null;
}
