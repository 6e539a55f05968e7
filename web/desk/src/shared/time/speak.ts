/**
 * Times as one says them. Pure: the clock, the zone and the language come in as
 * arguments. Due times look forward ("dans 25 min", "avant 14 h 30"), past ones
 * back ("hier 17:42"). Dates are DD/MM/YYYY in French and day-month-year in
 * English, since the shop's customers are European in both.
 */
export interface Speech {
  now: Date;
  zone: string;
  language: string;
}

export type DueState = "open" | "near" | "broken";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NBSP = "\u00a0";

/** Fallback where the server has not marked the promise: near is the last 45 minutes. */
export function dueState(due: Date, now: Date): DueState {
  const left = due.getTime() - now.getTime();
  if (left <= 0) return "broken";
  return left <= 45 * MINUTE ? "near" : "open";
}

/** "en retard d'1 h 10", "dans 25 min", "avant 14 h 30", "demain 9 h 40", "mardi 9 h 40", "28/11 à 9 h 40". */
export function speakDue(due: Date, speech: Speech): string {
  const french = isFrench(speech.language);
  const left = due.getTime() - speech.now.getTime();
  if (left <= 0) {
    const late = speakSpan(-left, speech.language);
    if (!french) return `${late} late`;
    // Elision before a leading 1 (d'1 h), none before 11 or 15.
    return /^1\D/.test(late) ? `en retard d’${late}` : `en retard de ${late}`;
  }
  if (left < HOUR) {
    const minutes = `${Math.max(1, Math.round(left / MINUTE))}${NBSP}min`;
    return french ? `dans ${minutes}` : `in ${minutes}`;
  }
  const hour = speakHour(due, speech);
  const days = dayDistance(due, speech.now, speech.zone);
  if (days === 0) return french ? `avant ${hour}` : `by ${hour}`;
  if (days === 1) return french ? `demain ${hour}` : `tomorrow ${hour}`;
  if (days < 7) return `${part(due, speech, { weekday: "long" })} ${hour}`;
  return french ? `${shortDate(due, speech)} à ${hour}` : `${shortDate(due, speech)}, ${hour}`;
}

/** When something happens by itself, no limit: "dans 25 min", "à 18 h 20", "demain 9 h 40". */
export function speakAt(at: Date, speech: Speech): string {
  const left = at.getTime() - speech.now.getTime();
  if (left <= 0) return speakPast(at, speech);
  if (left < HOUR || dayDistance(at, speech.now, speech.zone) > 0) return speakDue(at, speech);
  return `${isFrench(speech.language) ? "à" : "at"} ${speakHour(at, speech)}`;
}

/** "à l'instant", "il y a 12 min", "9:12", "hier 17:42", "lundi 17:42", "12/11", "12/11/2025". */
export function speakPast(at: Date, speech: Speech): string {
  const french = isFrench(speech.language);
  const gone = speech.now.getTime() - at.getTime();
  // Two clocks never agree to the second: what just happened may lie a little ahead.
  if (Math.abs(gone) < MINUTE) return french ? "à l’instant" : "just now";
  if (gone >= 0 && gone < HOUR) {
    const minutes = `${Math.floor(gone / MINUTE)}${NBSP}min`;
    return french ? `il y a ${minutes}` : `${minutes} ago`;
  }
  const hour = clockHour(at, speech);
  const days = -dayDistance(at, speech.now, speech.zone);
  if (days === 0) return hour;
  if (days === 1) return french ? `hier ${hour}` : `yesterday ${hour}`;
  if (days > 0 && days < 7) return `${part(at, speech, { weekday: "long" })} ${hour}`;
  return shortDate(at, speech);
}

/** "lundi 23 novembre 2026 à 14:30 (heure de Paris)": what a hover shows. */
export function speakExact(at: Date, speech: Speech): string {
  const when = part(at, speech, { dateStyle: "full", timeStyle: "short" });
  return `${when} (${zoneName(at, speech)})`;
}

/** "14 h 30", "16 h" in French; "14:30" in English. */
export function speakHour(at: Date, speech: Speech): string {
  const { hour, minute } = hourAndMinute(at, speech.zone);
  if (!isFrench(speech.language)) return `${hour}:${String(minute).padStart(2, "0")}`;
  return minute === 0 ? `${hour}${NBSP}h` : `${hour}${NBSP}h${NBSP}${String(minute).padStart(2, "0")}`;
}

/** "25 min", "1 h 10", "2 j": the two largest units at most. */
export function speakSpan(milliseconds: number, language: string): string {
  const minutes = Math.max(1, Math.floor(milliseconds / MINUTE));
  if (minutes < 60) return `${minutes}${NBSP}min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) {
    const rest = minutes % 60;
    return rest ? `${hours}${NBSP}h${NBSP}${String(rest).padStart(2, "0")}` : `${hours}${NBSP}h`;
  }
  const days = Math.floor(milliseconds / DAY);
  return isFrench(language) ? `${days}${NBSP}j` : `${days}${NBSP}d`;
}

/** "28/11/2026" or "28 Nov 2026". */
export function speakDate(at: Date, speech: Pick<Speech, "zone" | "language">): string {
  return new Intl.DateTimeFormat(locale(speech.language), {
    day: "2-digit",
    month: isFrench(speech.language) ? "2-digit" : "short",
    year: "numeric",
    timeZone: speech.zone,
  }).format(at);
}

/** Calendar days from now's day to at's day in the zone: 0 today, 1 tomorrow, -1 yesterday. */
export function dayDistance(at: Date, now: Date, zone: string): number {
  return Math.round((dayNumber(at, zone) - dayNumber(now, zone)) / DAY);
}

function dayNumber(at: Date, zone: string): number {
  const parts = numericParts(at, zone);
  return Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day);
}

function shortDate(at: Date, speech: Speech): string {
  const french = isFrench(speech.language);
  const sameYear = numericParts(at, speech.zone).year === numericParts(speech.now, speech.zone).year;
  if (!sameYear) return speakDate(at, speech);
  return part(at, speech, { day: "2-digit", month: french ? "2-digit" : "short" });
}

function clockHour(at: Date, speech: Speech): string {
  const { hour, minute } = hourAndMinute(at, speech.zone);
  return `${hour}:${String(minute).padStart(2, "0")}`;
}

function hourAndMinute(at: Date, zone: string) {
  const parts = numericParts(at, zone);
  return { hour: parts.hour ?? 0, minute: parts.minute ?? 0 };
}

function numericParts(at: Date, zone: string): Partial<Record<Intl.DateTimeFormatPartTypes, number>> {
  const parts = formatter("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  }).formatToParts(at);
  return Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
}

// "heure de Paris" is the same all year: a list doesn't ask for it in each row.
const zoneNames = new Map<string, string>();
function zoneName(at: Date, speech: Speech): string {
  const language = locale(speech.language);
  const key = `${language} ${speech.zone}`;
  let name = zoneNames.get(key);
  if (name === undefined) {
    const parts = formatter(language, {
      timeZone: speech.zone,
      timeZoneName: "longGeneric",
    }).formatToParts(at);
    name = parts.find(({ type }) => type === "timeZoneName")?.value ?? speech.zone;
    zoneNames.set(key, name);
  }
  return name;
}

function part(at: Date, speech: Speech, options: Intl.DateTimeFormatOptions): string {
  return formatter(locale(speech.language), { ...options, timeZone: speech.zone }).format(at);
}

// A formatter costs 50 µs to 1 ms to make; a list of fifty rows asks for hundreds.
const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(language, options);
    formatters.set(key, found);
  }
  return found;
}

function isFrench(language: string): boolean {
  return language.startsWith("fr");
}

function locale(language: string): string {
  return isFrench(language) ? "fr-FR" : "en-GB";
}
