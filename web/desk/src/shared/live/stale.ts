import { keys } from "@/shared/api/keys";
import type { LiveEvent } from "./connection";

/** Which of the things read are no longer fresh after these events; each once. */
export function staleKeys(events: LiveEvent[]): readonly (readonly unknown[])[] {
  const found = new Map<string, readonly unknown[]>();
  const add = (key: readonly unknown[]) => found.set(JSON.stringify(key), key);
  for (const event of events) {
    if (event.conversation) add(keys.conversation(event.conversation));
    const subject = event.kind.split(".")[0] ?? "";
    for (const key of BY_SUBJECT[subject] ?? ALWAYS) add(key);
  }
  return [...found.values()];
}

const ALWAYS = [keys.lists, keys.counts, keys.views];

// What an event's subject touches besides its own conversation.
const BY_SUBJECT: Record<string, readonly (readonly unknown[])[]> = {
  draft: [],
  views: [keys.views, keys.lists],
  quarantine: [keys.quarantine, keys.counts],
  intake: [keys.quarantine, keys.mailboxes, keys.counts],
  mailbox: [keys.mailboxes],
  delivery: [keys.outbox, keys.lists, keys.counts, keys.views, keys.incidents, keys.passed],
  person: [keys.people, keys.session],
  message: [keys.lists, keys.counts, keys.views, keys.notices],
  note: [keys.lists, keys.counts, keys.notices],
  notices: [keys.notices],
  ask: [keys.lists, keys.counts, keys.notices, keys.outbox],
  parties: [keys.parties],
  reading: [keys.lists, keys.counts, keys.views, keys.notices],
  labels: [keys.labels, keys.lists, keys.views, keys.choices],
  team: [keys.teams, keys.views],
  sender: [keys.blocked, keys.lists, keys.counts],
  api_key: [keys.apiKeys],
  webhook: [keys.webhooks],
  shop: [keys.shop, keys.session],
  saved_answers: [keys.savedAnswers],
  incident: [keys.incidents],
  guard: [keys.alarms, keys.passed, keys.notices],
};
