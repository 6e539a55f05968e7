import { toLocal } from "@/shared/time/local";

/** The periods on offer, by their length in days; "own" is chosen by its days. */
export const PERIODS = ["today", "7", "30", "90", "own"] as const;
export type Period = (typeof PERIODS)[number];

export interface Days {
  from: string;
  to: string;
}

export function isPeriod(text: unknown): text is Period {
  return PERIODS.includes(text as Period);
}

/** The day that the shop's clock shows, YYYY-MM-DD. */
export function today(now: Date, zone: string): string {
  return toLocal(now, zone).slice(0, 10);
}

export function plusDays(day: string, n: number): string {
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + n);
  return at.toISOString().slice(0, 10);
}

/** The days of a period that ends today; an own one that makes no sense is the last seven. */
export function daysOf(period: Period, now: Date, zone: string, own?: Partial<Days>): Days {
  const to = today(now, zone);
  if (period === "today") return { from: to, to };
  if (period === "own") {
    const whole = /^\d{4}-\d\d-\d\d$/;
    if (own?.from && own.to && whole.test(own.from) && whole.test(own.to) && own.from <= own.to) {
      // The server reads 400 days at most.
      const first = plusDays(own.to, -399);
      const tooLong = own.from < first;
      return tooLong ? { from: first, to: own.to } : { from: own.from, to: own.to };
    }
    return { from: plusDays(to, -6), to };
  }
  return { from: plusDays(to, 1 - Number(period)), to };
}
