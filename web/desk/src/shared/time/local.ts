/** "2026-11-28T10:00" as a datetime-local field writes it, in the shop's zone, for an instant. */
export function toLocal(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
  return parts.replace(" ", "T");
}

/**
 * The instant that such a field means in the zone, or null while it is incomplete.
 * An hour that the change to summer time skips is taken as the hour after it.
 */
export function fromLocal(value: string, zone: string): Date | null {
  const asUTC = Date.parse(`${value}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) || Number.isNaN(asUTC)) return null;
  const wanted = new Date(asUTC);
  let guess = new Date(asUTC - offset(wanted, zone));
  // The offset at the guess may differ from the one at the first try, around a change of the hour.
  guess = new Date(asUTC - offset(guess, zone));
  return guess;
}

function offset(at: Date, zone: string): number {
  const shown = Date.parse(`${toLocal(at, zone)}Z`);
  return shown - Math.floor(at.getTime() / 60_000) * 60_000;
}

/** The same hour on a later day: "tomorrow at 9". */
export function dayAt(now: Date, days: number, hour: string, zone: string): Date {
  const [date = ""] = toLocal(now, zone).split("T");
  const day = new Date(`${date}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return fromLocal(`${day.toISOString().slice(0, 10)}T${hour}`, zone) ?? now;
}
