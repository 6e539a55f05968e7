import { DAYS, type Day, type Delay, type Hours, type Period } from "@/shared/api/types";

/** A French shop's usual week, to start from. */
export function usualHours(): Hours {
  const day: Period[] = [
    ["09:00", "12:30"],
    ["14:00", "18:00"],
  ];
  const week: Hours["week"] = {};
  for (const name of DAYS.slice(0, 5)) week[name] = day.map(([from, to]) => [from, to]);
  return { week, closed: [], always: false };
}

export const USUAL_DELAY: Delay = { kind: "open_days", n: 1 };

export type HoursFault =
  | { day: Day; fault: "empty" | "backwards" | "overlap" }
  | { day: null; fault: "never" };

/** What is wrong with the week, or null. The ends are exclusive: 12:30–14:00 touches 14:00–18:00 without overlap. */
export function findFault({ week, always }: Hours): HoursFault | null {
  if (always) return null;
  for (const day of DAYS) {
    const periods = [...(week[day] ?? [])].sort(([a], [b]) => a.localeCompare(b));
    let end = "";
    for (const [from, to] of periods) {
      if (readTime(from) === null || readTime(to, true) === null) return { day, fault: "empty" };
      if (from >= to) return { day, fault: "backwards" };
      if (from < end) return { day, fault: "overlap" };
      end = to;
    }
  }
  return DAYS.some((day) => week[day]?.length) ? null : { day: null, fault: "never" };
}

/** Days without a period are left out: to the server, a missing day is closed. */
export function tidy(hours: Hours): Hours {
  const week: Hours["week"] = {};
  for (const day of DAYS) {
    const periods = hours.week[day];
    if (periods?.length) week[day] = [...periods].sort(([a], [b]) => a.localeCompare(b));
  }
  return { ...hours, week, closed: hours.closed.filter(({ first, last }) => first && last) };
}

/** A period after the last one of the day, where there is still room for it. */
export function nextPeriod(periods: Period[]): Period {
  const end = periods.at(-1)?.[1] ?? "";
  if (!end) return ["09:00", "12:30"];
  if (end <= "13:30") return ["14:00", "18:00"];
  return [end, "24:00"];
}

/** "9", "9h", "9 h 30", "930", "9:30" as people write it, or null: "09:30" is what the server reads; a day ends at 24:00. */
export function readTime(text: string, end = false): string | null {
  const found = /^(\d{1,2})\s*(?:[h:.]\s*(\d{2})?|(\d{2}))?\s*$/i.exec(text.trim());
  if (!found) return null;
  const hours = Number(found[1]);
  const minutes = Number(found[2] ?? found[3] ?? 0);
  const midnight = hours === 24 || (end && hours === 0);
  if (minutes > 59 || hours > 24 || (midnight && (minutes > 0 || !end))) return null;
  return midnight ? "24:00" : `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

/** Whether an answer may take longer than 48 hours on the clock on a working day (P02). */
export function passesTwoDays({ week, always }: Hours, { kind, n }: Delay): boolean {
  if (kind === "clock_hours") return n > 48;
  if (always) return kind === "open_days" ? n > 2 : n > 48;
  if (kind === "open_days") return n > 2;
  const days = DAYS.map((day) =>
    (week[day] ?? []).reduce((sum, [from, to]) => sum + minutes(to) - minutes(from), 0),
  );
  const open = days.filter((sum) => sum > 0);
  if (open.length === 0) return false;
  // A question of the last minute waits for two whole days at most: the two shortest must hold the delay.
  const shortest = open.sort((a, b) => a - b).slice(0, 2);
  return n * 60 > shortest.reduce((sum, day) => sum + day, 0);
}

function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(":").map(Number);
  return hours * 60 + rest;
}
