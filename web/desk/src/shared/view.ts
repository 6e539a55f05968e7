import type { BaseView, Order, View } from "@/shared/api/types";

export const BASES: readonly BaseView[] = [
  "owed",
  "mine",
  "unassigned",
  "team",
  "waiting",
  "snoozed",
  "scheduled",
  "sent",
  "closed",
  "to_read",
  "courtesy",
  "sort",
  "spam",
];

const NAMED = /^(team|tag|view)-([1-9]\d{0,15})$/;

export function isView(name: string): name is View {
  return (BASES as readonly string[]).includes(name) || NAMED.test(name);
}

/** What sort of list it is, for its words: a team's own list is a team list like the others. */
export type Kind = BaseView | "tag" | "view";

export function kindOf(view: View): Kind {
  return (NAMED.exec(view)?.[1] ?? view) as Kind;
}

/** The id in the name of a team's, a tag's or a saved list. */
export function idOf(view: View): number | null {
  const named = NAMED.exec(view);
  return named ? Number(named[2]) : null;
}

/** Whether the order of a Monday means something here. */
export function hasOrder(view: View): boolean {
  return ["owed", "mine", "unassigned", "team"].includes(kindOf(view));
}

/** What is answered from: behind the last one comes the next. */
export function isOwed(view: View): boolean {
  return hasOrder(view);
}

/** The same list as the server names it. */
export function asked(view: View, order: Order) {
  const id = idOf(view);
  const kind = kindOf(view);
  return {
    view: kind === "view" ? "saved" : kind,
    team: kind === "team" ? id : null,
    tag: kind === "tag" ? id : null,
    saved: kind === "view" ? id : null,
    order: hasOrder(view) && order === "rank" ? ("rank" as const) : null,
  };
}
