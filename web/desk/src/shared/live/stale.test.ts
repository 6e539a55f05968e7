import { expect, test } from "vitest";
import { keys } from "@/shared/api/keys";
import { staleKeys } from "./stale";

test("a mail that arrives makes its conversation, the lists and the counts stale, each once", () => {
  const stale = staleKeys([
    { kind: "message.received", conversation: 41 },
    { kind: "promise.opened", conversation: 41, promise: 7 },
  ]);
  expect(stale).toEqual([keys.conversation(41), keys.lists, keys.counts, keys.views, keys.notices]);
});

test("somebody's draft touches its conversation alone", () => {
  expect(staleKeys([{ kind: "draft.saved", conversation: 41 }])).toEqual([keys.conversation(41)]);
});

test("an unreadable mail touches its page and the counts", () => {
  expect(staleKeys([{ kind: "quarantine.added" }])).toEqual([keys.quarantine, keys.counts]);
});

test("an event of a kind not known here refreshes the lists rather than nothing", () => {
  expect(staleKeys([{ kind: "parcel.lost" }])).toEqual([keys.lists, keys.counts, keys.views]);
});
