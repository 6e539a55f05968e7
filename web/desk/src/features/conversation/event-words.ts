import type { TFunction } from "i18next";
import type { TimelineEvent } from "@/shared/api/types";

// What the messages, the notes and the promise box already show would only be said twice.
const SHOWN = new Set([
  "promise.opened",
  "promise.broken",
  "promise.kept",
  "promise.waived",
  "promise.passed",
  "promise.ended",
  "conversation.assigned",
  "conversation.snoozed",
  "conversation.unsnoozed",
  "conversation.closed",
  "conversation.reopened",
  "conversation.merged",
  "conversation.split",
  "conversation.linked",
  "sender.blocked",
  "conversation.tray_moved",
  "delivery.undone",
  "acknowledgement.text_left_out",
  "ask.reminded",
  "ask.withdrawn",
  "reading.asked",
  "reading.approved",
  "reading.returned",
  "reading.withdrawn",
]);

export function isShown(event: TimelineEvent): boolean {
  // A question to somebody inside and a second reading tell their own story.
  const own = event.kind.startsWith("promise.") && ["ask", "reading"].includes(String(event.data.kind));
  return SHOWN.has(event.kind) && !own;
}

/** "Marc a confié à Véronica"; without a person, the shop's own clock did it. */
export function eventWords(t: TFunction, event: TimelineEvent, customer: string): string {
  const values = { ...event.data, person: event.person ?? "", customer };
  const who = event.person ? "by" : "alone";
  return t(`event.${event.kind}.${assignment(event) ?? who}`, values);
}

/** To whom a conversation was given: the row says it by name. Undefined for any other event. */
function assignment({ kind, person, data }: TimelineEvent): string | undefined {
  if (kind !== "conversation.assigned") return undefined;
  const by = person ? "by" : "alone";
  if ("team" in data) return data.team_name ? `team_${by}` : `no_team_${by}`;
  if (!data.to) return `nobody_${by}`;
  if (!data.to_name) return undefined;
  return person && data.to_name === person ? "took" : `person_${by}`;
}
