import { expect, test } from "vitest";
import { dayAt, fromLocal, toLocal } from "./local";

const paris = "Europe/Paris";

test.each([
  ["2026-11-28T10:00", "2026-11-28T09:00:00.000Z"],
  ["2026-07-14T10:00", "2026-07-14T08:00:00.000Z"],
  ["2026-10-25T12:00", "2026-10-25T11:00:00.000Z"],
  ["2026-03-29T01:30", "2026-03-29T00:30:00.000Z"],
])("%s in Paris is %s, and back", (local, instant) => {
  expect(fromLocal(local, paris)?.toISOString()).toBe(instant);
  expect(toLocal(new Date(instant), paris)).toBe(local);
});

test("an hour that summer time skips is taken as the hour after", () => {
  expect(toLocal(fromLocal("2026-03-29T02:30", paris) as Date, paris)).toMatch(/T0[13]:30$/);
});

test.each(["", "2026-11-28", "2026-11-28T", "28/11/2026 10:00", "2026-13-41T99:99"])(
  "%j is no instant yet",
  (value) => {
    expect(fromLocal(value, paris)).toBeNull();
  },
);

test("tomorrow at nine is the shop's tomorrow", () => {
  // 23:30 in Paris is already tomorrow in Nouméa.
  const night = new Date("2026-11-22T22:30:00Z");
  expect(dayAt(night, 1, "09:00", paris).toISOString()).toBe("2026-11-23T08:00:00.000Z");
  expect(dayAt(night, 1, "09:00", "Pacific/Noumea").toISOString()).toBe("2026-11-23T22:00:00.000Z");
});
