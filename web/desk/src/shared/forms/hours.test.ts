import { describe, expect, test } from "vitest";
import type { Hours } from "@/shared/api/types";
import { findFault, nextPeriod, passesTwoDays, readTime, tidy, usualHours } from "./hours";

const monday = (...periods: [string, string][]): Hours => ({
  week: { mon: periods },
  closed: [],
  always: false,
});

describe("a week of opening hours", () => {
  test("with a lunch break is right", () => {
    expect(findFault(usualHours())).toBeNull();
    expect(findFault(monday(["09:00", "12:30"], ["12:30", "18:00"]))).toBeNull();
    expect(findFault(monday(["20:00", "24:00"]))).toBeNull();
  });

  test.each([
    [monday(["09:00", "13:00"], ["12:30", "18:00"]), { day: "mon", fault: "overlap" }],
    [monday(["14:00", "18:00"], ["09:00", "15:00"]), { day: "mon", fault: "overlap" }],
    [monday(["12:00", "09:00"]), { day: "mon", fault: "backwards" }],
    [monday(["", "09:00"]), { day: "mon", fault: "empty" }],
    [monday(), { day: null, fault: "never" }],
  ])("says what is wrong", (hours, fault) => {
    expect(findFault(hours)).toEqual(fault);
  });

  test("always open needs no week", () => {
    expect(findFault({ ...monday(), always: true })).toBeNull();
  });

  test("leaves with its periods in order, its closed days left out", () => {
    const sent = tidy({
      ...monday(["14:00", "18:00"], ["09:00", "12:30"]),
      closed: [{ first: "", last: "", text: "x" }],
    });
    expect(sent.week).toEqual({
      mon: [
        ["09:00", "12:30"],
        ["14:00", "18:00"],
      ],
    });
    expect(sent.closed).toEqual([]);
  });

  test("offers the afternoon after the morning", () => {
    expect(nextPeriod([])).toEqual(["09:00", "12:30"]);
    expect(nextPeriod([["09:00", "12:30"]])).toEqual(["14:00", "18:00"]);
    expect(nextPeriod([["09:00", "18:00"]])).toEqual(["18:00", "24:00"]);
  });
});

describe("a delay that may pass 48 hours is said", () => {
  test.each([
    ["open_days", 1, false],
    ["open_days", 2, false],
    ["open_days", 3, true],
    ["open_hours", 8, false],
    ["open_hours", 15, false],
    ["open_hours", 16, true],
    ["clock_hours", 48, false],
    ["clock_hours", 49, true],
  ] as const)("%s %i: %s", (kind, n, warned) => {
    expect(passesTwoDays(usualHours(), { kind, n })).toBe(warned);
  });
});

test.each([
  ["9", "09:00"],
  ["9h", "09:00"],
  ["9 h 30", "09:30"],
  ["9:30", "09:30"],
  ["0930", "09:30"],
  ["18.45", "18:45"],
  ["0:00", "00:00"],
  ["25", null],
  ["9:75", null],
  ["neuf", null],
  ["", null],
])("a start written %j is %j", (text, time) => {
  expect(readTime(text)).toBe(time);
});

test("midnight ends a day as 24:00, and never begins one so", () => {
  expect(readTime("0:00", true)).toBe("24:00");
  expect(readTime("24h", true)).toBe("24:00");
  expect(readTime("24h")).toBeNull();
  expect(readTime("24:30", true)).toBeNull();
});
