import { useTranslation } from "react-i18next";
import type { AnswerAction, Person, Team } from "@/shared/api/types";

const AFTER = ["snooze", "wait", "close"];

export function sameAction(a: AnswerAction, b: AnswerAction): boolean {
  return (
    a.kind === b.kind && a.tag === b.tag && a.person === b.person && a.team === b.team && a.delay === b.delay
  );
}

/** A second saved answer adds its tags; of what can be once only, the newer one counts. */
export function joinActions(before: AnswerAction[], next: AnswerAction[]): AnswerAction[] {
  const group = ({ kind }: AnswerAction) => (AFTER.includes(kind) ? "after" : kind);
  const kept = before.filter((it) =>
    it.kind === "tag"
      ? !next.some((other) => sameAction(it, other))
      : !next.some((other) => group(other) === group(it)),
  );
  return [...kept, ...next].slice(-20);
}

/** What can be done only once the answer has arrived, since until then something is owed. */
export function onceArrived(actions: AnswerAction[]): AnswerAction[] {
  return actions.filter(({ kind }) => AFTER.includes(kind));
}

/** "confier à Marc", "reporter de 2 jours ouvrés". */
export function useActionWords(people?: Person[], teams?: Team[]) {
  const { t } = useTranslation();
  return ({ kind, tag, person, team, delay }: AnswerAction) => {
    const [count = "1", unit = "open_days"] = (delay ?? "").split(" ");
    switch (kind) {
      case "tag":
        return t("reply.after.tag", { name: tag });
      case "assign":
        return t("reply.after.assign", {
          name:
            people?.find(({ id }) => id === person)?.name ??
            teams?.find(({ id }) => id === team)?.name ??
            "…",
        });
      case "snooze":
        return t(`reply.after.snooze_${unit}`, { count: Number(count) });
      default:
        return t(`reply.after.${kind}`);
    }
  };
}
