import { describe, expect, test } from "vitest";
import {
  dayDistance,
  dueState,
  speakAt,
  speakDate,
  speakDue,
  speakExact,
  speakPast,
  speakSpan,
} from "./speak";

// Monday 23 November 2026, 10:10 in Paris.
const now = new Date("2026-11-23T09:10:00Z");
const french = { now, zone: "Europe/Paris", language: "fr" };
const english = { ...french, language: "en" };
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("a due time", () => {
  test.each([
    ["2026-11-23T08:00:00Z", "en retard d’1 h 10", "1 h 10 late"],
    ["2026-11-23T08:45:00Z", "en retard de 25 min", "25 min late"],
    ["2026-11-22T22:10:00Z", "en retard de 11 h", "11 h late"],
    ["2026-11-22T09:00:00Z", "en retard d’1 j", "1 d late"],
    ["2026-11-20T09:00:00Z", "en retard de 3 j", "3 d late"],
    ["2026-11-23T09:35:00Z", "dans 25 min", "in 25 min"],
    ["2026-11-23T09:10:20Z", "dans 1 min", "in 1 min"],
    ["2026-11-23T13:30:00Z", "avant 14 h 30", "by 14:30"],
    ["2026-11-23T15:00:00Z", "avant 16 h", "by 16:00"],
    ["2026-11-24T08:40:00Z", "demain 9 h 40", "tomorrow 9:40"],
    ["2026-11-26T08:05:00Z", "jeudi 9 h 05", "Thursday 9:05"],
    ["2026-12-04T08:40:00Z", "04/12 à 9 h 40", "04 Dec, 9:40"],
    ["2027-01-04T08:40:00Z", "04/01/2027 à 9 h 40", "04 Jan 2027, 9:40"],
  ])("%s is said %j, %j", (due, inFrench, inEnglish) => {
    expect(plain(speakDue(new Date(due), french))).toBe(inFrench);
    expect(plain(speakDue(new Date(due), english))).toBe(inEnglish);
  });

  test("belongs to the shop's day, not the browser's", () => {
    // 0 h 30 on Tuesday in Nouméa is still Monday in Paris.
    const noumea = { ...french, zone: "Pacific/Noumea", now: new Date("2026-11-23T09:10:00Z") };
    expect(plain(speakDue(new Date("2026-11-23T13:30:00Z"), noumea))).toBe("demain 0 h 30");
  });

  test("is near in its last three quarters of an hour, broken from its very instant", () => {
    expect(dueState(new Date("2026-11-23T10:00:00Z"), now)).toBe("open");
    expect(dueState(new Date("2026-11-23T09:55:00Z"), now)).toBe("near");
    expect(dueState(now, now)).toBe("broken");
  });
});

test.each([
  ["2026-11-23T09:09:40Z", "à l’instant", "just now"],
  ["2026-11-23T09:10:20Z", "à l’instant", "just now"],
  ["2026-11-23T08:58:00Z", "il y a 12 min", "12 min ago"],
  ["2026-11-23T07:12:00Z", "8:12", "8:12"],
  ["2026-11-22T16:42:00Z", "hier 17:42", "yesterday 17:42"],
  ["2026-11-19T16:42:00Z", "jeudi 17:42", "Thursday 17:42"],
  ["2026-11-12T16:42:00Z", "12/11", "12 Nov"],
  ["2025-02-12T16:42:00Z", "12/02/2025", "12 Feb 2025"],
])("past %s is said %j, %j", (at, inFrench, inEnglish) => {
  expect(plain(speakPast(new Date(at), french))).toBe(inFrench);
  expect(plain(speakPast(new Date(at), english))).toBe(inEnglish);
});

test.each([
  ["2026-11-23T09:09:40Z", "à l’instant", "just now"],
  ["2026-11-23T09:35:00Z", "dans 25 min", "in 25 min"],
  ["2026-11-23T17:20:00Z", "à 18 h 20", "at 18:20"],
  ["2026-11-24T08:40:00Z", "demain 9 h 40", "tomorrow 9:40"],
])("what happens by itself at %s is said %j, %j", (at, inFrench, inEnglish) => {
  expect(plain(speakAt(new Date(at), french))).toBe(inFrench);
  expect(plain(speakAt(new Date(at), english))).toBe(inEnglish);
});

test("the exact hour names the zone", () => {
  const exact = plain(speakExact(new Date("2026-11-23T13:30:00Z"), french));
  expect(exact).toContain("lundi 23 novembre 2026");
  expect(exact).toContain("14:30");
  expect(exact).toMatch(/\(.*(France|Paris|Europe).*\)/);
});

test("days are counted across the change to winter time", () => {
  const saturday = new Date("2026-10-24T12:00:00Z");
  expect(dayDistance(new Date("2026-10-25T23:30:00Z"), saturday, "Europe/Paris")).toBe(2);
});

test("a span keeps its two largest units", () => {
  expect(plain(speakSpan(95 * 60_000, "fr"))).toBe("1 h 35");
  expect(plain(speakSpan(50 * 3_600_000, "fr"))).toBe("2 j");
});

test("a date is day first in both languages", () => {
  expect(speakDate(now, french)).toBe("23/11/2026");
  expect(speakDate(now, english)).toBe("23 Nov 2026");
});
