import type { View } from "@/shared/api/types";

export const VIEWS: readonly View[] = [
  "owed",
  "mine",
  "unassigned",
  "waiting",
  "snoozed",
  "closed",
  "courtesy",
  "sort",
  "spam",
];

export function isView(name: string): name is View {
  return (VIEWS as readonly string[]).includes(name);
}
