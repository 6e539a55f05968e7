import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Here, type Said } from "./presence";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function screen() {
  const said: Said[] = [];
  let hidden = false;
  const here = new Here(
    (it) => said.push(it),
    () => Date.now(),
    () => hidden,
  );
  here.start();
  return {
    here,
    said,
    hide: (on: boolean) => {
      hidden = on;
      here.tell();
    },
  };
}

describe("where a screen is", () => {
  test("is said at once, and again as a sign of life", () => {
    const { here, said } = screen();
    here.show(32);
    expect(said).toEqual([{ at: 32, writing: false }]);
    vi.advanceTimersByTime(30_000);
    expect(said).toHaveLength(3);
    here.show(0);
    expect(said.at(-1)).toEqual({ at: 0, writing: false });
    vi.advanceTimersByTime(60_000);
    expect(said).toHaveLength(4);
  });

  test("writing is what is typed, not what is opened, and ends by itself", () => {
    const { here, said } = screen();
    here.show(32);
    here.wrote(32);
    here.wrote(32);
    expect(said).toEqual([
      { at: 32, writing: false },
      { at: 32, writing: true },
    ]);
    vi.advanceTimersByTime(12_000);
    expect(said.at(-1)).toEqual({ at: 32, writing: false });
  });

  test("what is typed elsewhere, or was sent, is no writing here", () => {
    const { here, said } = screen();
    here.show(32);
    here.wrote(31);
    expect(said).toHaveLength(1);
    here.wrote(32);
    here.finished();
    expect(said.at(-1)).toEqual({ at: 32, writing: false });
  });

  test("a hidden tab, or one that nobody touches for five minutes, is nowhere", () => {
    const { here, said, hide } = screen();
    here.show(32);
    hide(true);
    expect(said.at(-1)).toEqual({ at: 0, writing: false });
    hide(false);
    expect(said.at(-1)).toEqual({ at: 32, writing: false });
    vi.advanceTimersByTime(5 * 60_000);
    expect(said.at(-1)?.at).toBe(0);
    here.touch();
    expect(said.at(-1)?.at).toBe(32);
  });

  test("after a cut it is said again", () => {
    const { here, said } = screen();
    here.show(32);
    here.tell(true);
    expect(said).toEqual([
      { at: 32, writing: false },
      { at: 32, writing: false },
    ]);
  });
});
