const NARROW = "\u202f";
const NBSP = "\u00a0";

const french = (language: string) => language.startsWith("fr");

export function number(n: number, language: string): string {
  return n.toLocaleString(french(language) ? "fr-FR" : "en-GB");
}

/** "94 %" in French, "94%" in English; one decimal where it matters (above 95). */
export function percent(share: number, language: string): string {
  const value = share * 100;
  // Rounded down: "100 %" is said only when every one was kept.
  const digits = value > 95 && value < 100 ? 1 : 0;
  const shown = Math.floor(value * 10 ** digits + 1e-9) / 10 ** digits;
  const text = shown.toLocaleString(french(language) ? "fr-FR" : "en-GB", { maximumFractionDigits: digits });
  return french(language) ? `${text}${NARROW}%` : `${text}%`;
}

/** "25 min", "3 h 10", "31 h", "4 j": hours up to two days, since promises are spoken of in hours. */
export function span(seconds: number, language: string): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `${minutes}${NBSP}min`;
  if (minutes < 10 * 60) {
    const rest = minutes % 60;
    const hours = Math.floor(minutes / 60);
    return rest ? `${hours}${NBSP}h${NBSP}${String(rest).padStart(2, "0")}` : `${hours}${NBSP}h`;
  }
  const hours = Math.round(minutes / 60);
  if (hours < 72) return `${hours}${NBSP}h`;
  const days = Math.round(hours / 24);
  return `${days}${NBSP}${french(language) ? "j" : "d"}`;
}

/** "lun. 23/11" or "Mon 23 Nov" of a day, without any zone. */
export function dayLabel(day: string, language: string): string {
  return new Intl.DateTimeFormat(french(language) ? "fr-FR" : "en-GB", {
    timeZone: "UTC",
    weekday: "short",
    day: "2-digit",
    month: french(language) ? "2-digit" : "short",
  }).format(new Date(`${day}T12:00:00Z`));
}

/** "23/11" or "23 Nov". */
export function shortDay(day: string, language: string): string {
  return new Intl.DateTimeFormat(french(language) ? "fr-FR" : "en-GB", {
    timeZone: "UTC",
    day: "2-digit",
    month: french(language) ? "2-digit" : "short",
  }).format(new Date(`${day}T12:00:00Z`));
}

/** "14 h" or "14:00". */
export function hourLabel(hour: number, language: string): string {
  return french(language) ? `${hour}${NBSP}h` : `${hour}:00`;
}

/** A round end of an axis above the largest value. */
export function axisEnd(largest: number): number {
  if (largest <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(largest));
  const step = [1, 2, 4, 5, 10].find((it) => it * power >= largest) ?? 10;
  return step * power;
}

const HOUR = 3600;

/** A round end of an axis of durations, in seconds. */
export function spanEnd(largest: number): number {
  const ends = [
    600,
    1800,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
    12 * HOUR,
    24 * HOUR,
    48 * HOUR,
    96 * HOUR,
    168 * HOUR,
  ];
  return ends.find((it) => it >= largest) ?? Math.ceil(largest / (168 * HOUR)) * 168 * HOUR;
}
