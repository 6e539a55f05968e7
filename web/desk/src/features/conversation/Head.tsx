import { ArrowLeft, MoreHorizontal } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation, Person } from "@/shared/api/types";
import { useDone } from "@/shared/api/useUndo";
import { useCommands } from "@/shared/commands/commands";
import { useKeys } from "@/shared/keys/useKeys";
import { useAlone, useSignedIn } from "@/shared/session/useMe";
import { usePeople } from "@/shared/session/usePeople";
import { useTeams } from "@/shared/session/useTeams";
import { Button } from "@/shared/ui/Button";
import { Menu, type MenuItem } from "@/shared/ui/Menu";
import { useWords } from "@/shared/ui/States";
import { type Act, useAct } from "./api/act";
import { type Asked, Dialogs } from "./Dialogs";
import { LEAVING, OTHERS } from "./dialog";
import style from "./Head.module.css";

interface HeadProps {
  conversation: Conversation;
  onBack: () => void;
  onLeft: () => void;
}

export function Head({ conversation, onBack, onLeft }: HeadProps) {
  const { t } = useTranslation();
  const alone = useAlone();
  const me = useSignedIn();
  const done = useDone();
  const act = useAct(conversation.id);
  const [asked, setAsked] = useState<Asked>(null);
  const { data: people = [] } = usePeople(!alone);
  const { data: teams = [] } = useTeams(!alone);
  const closed = conversation.state === "closed";
  const owed = conversation.promises.find(({ state, kind }) => state === "open" && !OTHERS.has(kind));

  const doIt = (step: Act, words = t(`conversation.done.${step.verb}`)) =>
    act.mutate(step, {
      onSuccess: ({ undo }) => {
        setAsked(null);
        done(words, undo);
        if (LEAVING.has(step.verb)) onLeft();
      },
    });
  // Closing what is still owed asks for a reason: nothing is closed by silence.
  const close = () => (owed ? setAsked("waive") : doIt({ verb: "close", body: {} }));
  const follow = () =>
    doIt(
      { verb: "follow", body: { on: !conversation.following } },
      t(conversation.following ? "conversation.done.unfollow" : "conversation.done.follow"),
    );
  useKeys({
    e: () => (closed ? undefined : close()),
    m: () => setAsked("reason"),
    l: () => setAsked("tags"),
    f: follow,
    q: () => setAsked("inside"),
  });

  const assign = (person: Person | null) =>
    doIt(
      { verb: "assign", body: { person: person?.id ?? null } },
      person ? t("conversation.done.assign", { name: person.name }) : t("conversation.done.unassign"),
    );
  const inTray = conversation.tray !== "main";
  const items: (MenuItem | false)[] = [
    closed
      ? { key: "reopen", label: t("conversation.reopen"), onSelect: () => doIt({ verb: "reopen", body: {} }) }
      : { key: "close", label: t("conversation.close"), hint: "E", onSelect: close },
    Boolean(conversation.snoozed_until) && {
      key: "unsnooze",
      label: t("conversation.unsnooze"),
      onSelect: () => doIt({ verb: "unsnooze", body: {} }),
    },
    !closed && { key: "snooze", label: t("conversation.snooze"), onSelect: () => setAsked("snooze") },
    !alone && { key: "escalate", label: t("conversation.escalate"), onSelect: () => setAsked("escalate") },
    { key: "inside", label: t("ask.title"), hint: "Q", onSelect: () => setAsked("inside") },
    Boolean(owed) && { key: "waive", label: t("conversation.waive"), onSelect: () => setAsked("waive") },
    { key: "reason", label: t("attributes.reason"), hint: "M", onSelect: () => setAsked("reason") },
    { key: "tags", label: t("attributes.tags"), hint: "L", onSelect: () => setAsked("tags") },
    !alone && {
      key: "follow",
      label: t(conversation.following ? "conversation.unfollow" : "conversation.follow"),
      hint: "F",
      onSelect: follow,
    },
    !owed &&
      conversation.state !== "waiting" && {
        key: "wait",
        label: t("conversation.wait"),
        onSelect: () => doIt({ verb: "wait", body: {} }),
      },
    { key: "merge", label: t("conversation.merge"), onSelect: () => setAsked("merge") },
    conversation.timeline.length > 1 && {
      key: "split",
      label: t("conversation.split"),
      onSelect: () => setAsked("split"),
    },
    { key: "link", label: t("conversation.link"), onSelect: () => setAsked("link") },
    !inTray && {
      key: "block",
      label: t("conversation.block"),
      onSelect: () => doIt({ verb: "block", body: {} }),
    },
    inTray
      ? { key: "rescue", label: t("conversation.rescue"), onSelect: () => doIt({ verb: "rescue", body: {} }) }
      : { key: "spam", label: t("conversation.spam"), onSelect: () => doIt({ verb: "spam", body: {} }) },
    conversation.tray === "sort" && {
      key: "sorted",
      label: t("conversation.sorted"),
      onSelect: () => doIt({ verb: "sorted", body: {} }),
    },
    {
      key: "never",
      label: t("conversation.never_waits"),
      onSelect: () => doIt({ verb: "never-waits", body: {} }),
    },
  ];

  useCommands(
    [
      ...items.filter((item) => item !== false),
      ...(alone ? [] : people.filter(({ active }) => active)).map((person) => ({
        key: `assign-${person.id}`,
        label: `${t("conversation.assign")} : ${person.name}`,
        hint: undefined,
        onSelect: () => assign(person),
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
      <button type="button" className={style.back} onClick={onBack} aria-label={t("conversation.back")}>
        <ArrowLeft size={18} aria-hidden="true" />
      </button>
      <h1 className={style.title} title={conversation.subject}>
        {conversation.subject || t("owed.no_subject")}
      </h1>
      <span className={`${style.number} num`}>n° {conversation.number}</span>
      <div className={style.acts}>
        {inTray ? (
          <Button kind="ghost" className={style.wide} onClick={() => doIt({ verb: "rescue", body: {} })}>
            {t("conversation.rescue")}
          </Button>
        ) : null}
        {alone ? null : (
          <Menu
            label={t("conversation.assign")}
            trigger={
              <Button kind="ghost" className={style.wide}>
                {conversation.assignee ? (
                  <>
                    {t("conversation.assigned", { name: conversation.assignee.name.split(" ")[0] })}
                    <span className="visually-hidden">, {t("conversation.assign")}</span>
                  </>
                ) : (
                  t("conversation.assign")
                )}
              </Button>
            }
            items={[
              ...people
                .filter(({ active }) => active)
                .map((person) => ({
                  key: String(person.id),
                  label: person.id === me.person.id ? t("conversation.to_me") : person.name,
                  onSelect: () => assign(person),
                })),
              ...teams
                .filter(({ archived }) => !archived)
                .map((team) => ({
                  key: `team-${team.id}`,
                  label: t("conversation.to_team", { name: team.name }),
                  onSelect: () =>
                    doIt(
                      { verb: "team", body: { team: team.id } },
                      t("conversation.done.team", { name: team.name }),
                    ),
                })),
              { key: "none", label: t("conversation.unassign"), onSelect: () => assign(null) },
            ]}
          />
        )}
        {closed ? null : (
          <Button kind="ghost" className={style.wide} onClick={() => setAsked("snooze")}>
            {t("conversation.snooze")}
          </Button>
        )}
        <Button kind="ghost" className={style.widest} onClick={() => setAsked("inside")}>
          {t("ask.title_short")}
        </Button>
        {alone ? null : (
          <Button kind="ghost" className={style.wide} onClick={() => setAsked("escalate")}>
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
          items={items.filter((item) => item !== false)}
        />
      </div>
      <ActError error={asked ? null : act.error} />
      <Dialogs
        asked={asked}
        owed={owed}
        conversation={conversation}
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
