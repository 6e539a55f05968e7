import { describe, expect, test } from "vitest";
import type { PageBlock } from "@/shared/api/types";
import { hidden, moved, placedAt } from "./arrange";
import { axisEnd, percent, span, spanEnd } from "./format";
import { daysOf } from "./period";

const blocks: PageBlock[] = [
  { name: "pace" },
  { name: "promises", hidden: true },
  { name: "times" },
  { name: "volume" },
];
const names = (list: PageBlock[]) => list.map((it) => it.name);

describe("arranging the page", () => {
  test("a part moves past a hidden one, and not off the page", () => {
    expect(names(moved(blocks, "times", -1))).toEqual(["times", "pace", "promises", "volume"]);
    expect(names(moved(blocks, "pace", 1))).toEqual(["promises", "times", "pace", "volume"]);
    expect(moved(blocks, "pace", -1)).toBe(blocks);
    expect(moved(blocks, "volume", 1)).toBe(blocks);
  });
  test("a part is dropped where another stands", () => {
    expect(names(placedAt(blocks, "volume", "pace"))).toEqual(["volume", "pace", "promises", "times"]);
    expect(names(placedAt(blocks, "pace", "volume"))).toEqual(["promises", "times", "volume", "pace"]);
    expect(placedAt(blocks, "pace", "pace")).toBe(blocks);
  });
  test("hidden and shown again", () => {
    expect(hidden(blocks, "pace", true)[0]).toEqual({ name: "pace", hidden: true });
    expect(hidden(blocks, "promises", false)[1]).toEqual({ name: "promises", hidden: false });
  });
});

describe("the words of figures", () => {
  test("a share is 100 % only when every one was kept", () => {
    expect(percent(1, "fr")).toBe("100\u202f%");
    expect(percent(0.9996, "fr")).toBe("99,9\u202f%");
    expect(percent(0.9999, "en")).toBe("99.9%");
    expect(percent(0.8, "en")).toBe("80%");
    expect(percent(0, "fr")).toBe("0\u202f%");
  });
  test("durations are spoken in hours up to three days", () => {
    expect(span(20, "fr")).toBe("1\u00a0min");
    expect(span(3 * 3600 + 600, "fr")).toBe("3\u00a0h\u00a010");
    expect(span(31 * 3600 + 700, "fr")).toBe("31\u00a0h");
    expect(span(4 * 86400, "en")).toBe("4\u00a0d");
  });
  test("axes end on round values", () => {
    expect([0, 4, 9, 13, 170, 2300].map(axisEnd)).toEqual([4, 4, 10, 20, 200, 4000]);
    expect(spanEnd(5000)).toBe(7200);
    expect(spanEnd(9e6)).toBe(15 * 604800);
  });
});

describe("periods", () => {
  // 0:30 on Tuesday in Paris is still Monday in UTC.
  const now = new Date("2026-11-23T23:30:00Z");
  test("end today by the shop's clock", () => {
    expect(daysOf("today", now, "Europe/Paris")).toEqual({ from: "2026-11-24", to: "2026-11-24" });
    expect(daysOf("7", now, "Europe/Paris")).toEqual({ from: "2026-11-18", to: "2026-11-24" });
  });
  test("of one's own are bounded, and make sense", () => {
    expect(daysOf("own", now, "UTC", { from: "2026-10-01", to: "2026-10-31" })).toEqual({
      from: "2026-10-01",
      to: "2026-10-31",
    });
    expect(daysOf("own", now, "UTC", { from: "2010-01-01", to: "2026-10-31" }).from).toBe("2025-09-27");
    expect(daysOf("own", now, "UTC", { from: "2026-11-01", to: "2026-10-31" }).from).toBe("2026-11-17");
    expect(daysOf("own", now, "UTC", { from: "x", to: "y" }).to).toBe("2026-11-23");
  });
});
