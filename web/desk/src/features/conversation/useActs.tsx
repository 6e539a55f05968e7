import { useTranslation } from "react-i18next";
import type { Conversation, Person } from "@/shared/api/types";
import { useDone } from "@/shared/api/useUndo";
import { useKeys } from "@/shared/keys/useKeys";
import { useAlone, useSignedIn } from "@/shared/session/useMe";
import type { MenuItem } from "@/shared/ui/Menu";
import { type Act, useAct } from "./api/act";
import type { Asked } from "./Dialogs";
import { LEAVING, OTHERS } from "./dialog";

/** The keys of what can be done to the conversation on screen, as they stand beside the words. */
export const KEYS = {
  close: "E",
  assign: "A",
  mine: "T",
  snooze: "S",
  priority: "P",
  reason: "M",
  tags: "L",
  language: "V",
  follow: "F",
  merge: "G",
  split: "Y",
  link: "U",
  inside: "Q",
} as const;

interface ActsProps {
  conversation: Conversation;
  onAsk: (asked: Asked) => void;
  onLeft: () => void;
}

/** What can be done to a conversation, in the order of the menu, each with its key. */
export function useActs({ conversation, onAsk, onLeft }: ActsProps) {
  const { t } = useTranslation();
  const alone = useAlone();
  const me = useSignedIn();
  const done = useDone();
  const act = useAct(conversation.id);
  const closed = conversation.state === "closed";
  const inTray = conversation.tray !== "main";
  const owed = conversation.promises.find(({ state, kind }) => state === "open" && !OTHERS.has(kind));

  const doIt = (step: Act, words = t(`conversation.done.${step.verb}`)) =>
    act.mutate(step, {
      onSuccess: ({ undo }) => {
        onAsk(null);
        done(words, undo);
        if (LEAVING.has(step.verb)) onLeft();
      },
    });
  // Closing what is still owed asks for a reason: nothing is closed by silence.
  const close = () => (owed ? onAsk("waive") : doIt({ verb: "close", body: {} }));
  const follow = () =>
    doIt(
      { verb: "follow", body: { on: !conversation.following } },
      t(conversation.following ? "conversation.done.unfollow" : "conversation.done.follow"),
    );
  const assign = (person: Pick<Person, "id" | "name"> | null) =>
    doIt(
      { verb: "assign", body: { person: person?.id ?? null } },
      person ? t("conversation.done.assign", { name: person.name }) : t("conversation.done.unassign"),
    );

  const plain = (
    verb: "unsnooze" | "reopen" | "wait" | "block" | "rescue" | "spam" | "sorted" | "never-waits",
  ) => doIt({ verb, body: {} } as Act);
  const ask = (asked: NonNullable<Asked>, label: string, hint?: string): MenuItem => ({
    key: asked,
    label,
    hint,
    onSelect: () => onAsk(asked),
  });
  const splits = conversation.timeline.length > 1;
  const all: (MenuItem | false)[] = [
    closed
      ? { key: "reopen", label: t("conversation.reopen"), onSelect: () => plain("reopen") }
      : { key: "close", label: t("conversation.close"), hint: KEYS.close, onSelect: close },
    !alone && ask("assign", t("conversation.assign_to"), KEYS.assign),
    !alone &&
      conversation.assignee?.id !== me.person.id && {
        key: "mine",
        label: t("conversation.take"),
        hint: KEYS.mine,
        onSelect: () => assign(me.person),
      },
    Boolean(conversation.snoozed_until) && {
      key: "unsnooze",
      label: t("conversation.unsnooze"),
      onSelect: () => plain("unsnooze"),
    },
    !closed && ask("snooze", t("conversation.snooze"), KEYS.snooze),
    !alone && ask("escalate", t("conversation.escalate")),
    ask("inside", t("ask.title"), KEYS.inside),
    Boolean(owed) && ask("waive", t("conversation.waive")),
    !owed &&
      conversation.state !== "waiting" && {
        key: "wait",
        label: t("conversation.wait"),
        onSelect: () => plain("wait"),
      },
    ask("reason", t("attributes.reason"), KEYS.reason),
    ask("tags", t("attributes.tags"), KEYS.tags),
    ask("priority", t("attributes.priority"), KEYS.priority),
    ask("language", t("attributes.language"), KEYS.language),
    !alone && {
      key: "follow",
      label: t(conversation.following ? "conversation.unfollow" : "conversation.follow"),
      hint: KEYS.follow,
      onSelect: follow,
    },
    ask("merge", t("conversation.merge"), KEYS.merge),
    splits && ask("split", t("conversation.split"), KEYS.split),
    ask("link", t("conversation.link"), KEYS.link),
    ask("print", t("conversation.print"), "⌘ P"),
    !inTray && { key: "block", label: t("conversation.block"), onSelect: () => plain("block") },
    inTray
      ? { key: "rescue", label: t("conversation.rescue"), onSelect: () => plain("rescue") }
      : { key: "spam", label: t("conversation.spam"), onSelect: () => plain("spam") },
    conversation.tray === "sort" && {
      key: "sorted",
      label: t("conversation.sorted"),
      onSelect: () => plain("sorted"),
    },
    { key: "never", label: t("conversation.never_waits"), onSelect: () => plain("never-waits") },
  ];
  const items = all.filter((item) => item !== false);

  // Each key does what the item does beside which it stands, and nothing where there is none.
  const press = (key: string) => () => items.find((item) => item.key === key)?.onSelect();
  useKeys({
    ...Object.fromEntries(Object.entries(KEYS).map(([key, hint]) => [hint.toLowerCase(), press(key)])),
    "mod+p": press("print"),
  });
  return { act, items, owed, doIt, assign };
}
