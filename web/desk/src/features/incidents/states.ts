import type { IncidentAnswer } from "@/shared/api/types";

type State = IncidentAnswer["state"];

const ORDER: State[] = ["ready", "stopped", "answered", "excluded", "waiting", "sent", "left_out"];

/** How many stand where, those that are none left out. */
export function counts(answers: IncidentAnswer[]): { state: State; count: number }[] {
  return ORDER.map((state) => ({ state, count: answers.filter((it) => it.state === state).length })).filter(
    ({ count }) => count > 0,
  );
}

/** How far a sending is: what the desk has, of all that were to leave. */
export function fraction(answers: IncidentAnswer[]): { sent: number; all: number } {
  const sent = answers.filter(({ state }) => state === "sent").length;
  return { sent, all: sent + answers.filter(({ state }) => state === "waiting").length };
}
