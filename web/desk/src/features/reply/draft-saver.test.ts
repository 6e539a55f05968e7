import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Problem } from "@/shared/api/problem";
import type { Draft } from "@/shared/api/types";
import type { DraftInput } from "./api/draft";
import { DraftSaver } from "./draft-saver";

const written = (html: string) => ({
  html,
  to: [],
  cc: [],
  bcc: [],
  attachments: [],
  seen_through: 7,
  kind: "answer" as const,
  holding_until: null,
  options: {},
});

function veronica(answer: (draft: DraftInput) => Promise<Draft>) {
  const sent: DraftInput[] = [];
  const states: string[] = [];
  const saver = new DraftSaver({
    revision: 3,
    save: (draft) => {
      sent.push(draft);
      return answer(draft);
    },
    onState: (state) => states.push(state),
  });
  return { saver, sent, states };
}

const stored = async (draft: DraftInput) => ({ ...draft, revision: draft.revision + 1 }) as unknown as Draft;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("a draft", () => {
  test("is saved once after a silence, on the revision that was read", async () => {
    const v = veronica(stored);
    v.saver.change(written("<p>Bonjour</p>"));
    v.saver.change(written("<p>Bonjour Camille</p>"));
    await vi.advanceTimersByTimeAsync(799);
    expect(v.sent).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(v.sent.map(({ html, revision }) => [html, revision])).toEqual([["<p>Bonjour Camille</p>", 3]]);
    expect(v.states).toEqual(["unsaved", "unsaved", "saving", "saved"]);
  });

  test("stands on the revision of the save before", async () => {
    const v = veronica(stored);
    v.saver.change(written("a"));
    await vi.advanceTimersByTimeAsync(800);
    v.saver.change(written("ab"));
    await vi.advanceTimersByTimeAsync(800);
    expect(v.sent.map(({ revision }) => revision)).toEqual([3, 4]);
  });

  test("what is typed while a save runs is saved after it, never beside it", async () => {
    let finish = () => {};
    const v = veronica(
      (draft) => new Promise((resolve) => (finish = () => void stored(draft).then(resolve))),
    );
    v.saver.change(written("a"));
    await vi.advanceTimersByTimeAsync(800);
    v.saver.change(written("ab"));
    await vi.advanceTimersByTimeAsync(2000);
    expect(v.sent).toHaveLength(1);
    finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(v.sent.map(({ html, revision }) => [html, revision])).toEqual([
      ["a", 3],
      ["ab", 4],
    ]);
  });

  test("that a colleague has saved meanwhile is not written over, and both texts are told", async () => {
    const theirs = { html: "<p>Marc a écrit</p>", revision: 9 };
    const v = veronica(() => Promise.reject(new Problem(409, { code: "stale", current: theirs })));
    const told = vi.fn();
    const saver = new DraftSaver({
      revision: 3,
      save: () => Promise.reject(new Problem(409, { code: "stale", current: theirs })),
      onState: told,
    });
    saver.change(written("mine"));
    await vi.advanceTimersByTimeAsync(800);
    expect(told).toHaveBeenLastCalledWith("stale", theirs);
    saver.change(written("mine, more"));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toHaveBeenCalledTimes(3);
    expect(v.sent).toHaveLength(0);
  });

  test("is kept and tried again when the network is gone", async () => {
    let cut = true;
    const v = veronica((draft) => (cut ? Promise.reject(new TypeError("network")) : stored(draft)));
    v.saver.change(written("a"));
    await vi.advanceTimersByTimeAsync(800);
    expect(v.states.at(-1)).toBe("failed");
    cut = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(v.states.at(-1)).toBe("saved");
  });

  test("that was sent does not come back", async () => {
    const v = veronica(stored);
    v.saver.change(written("a"));
    v.saver.forget();
    await vi.advanceTimersByTimeAsync(5000);
    expect(v.sent).toHaveLength(0);
  });
});
