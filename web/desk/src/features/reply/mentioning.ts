import type { Person } from "@/shared/api/types";
import { folded } from "@/shared/commands/commands";

export interface Mentioning {
  /** Where the @ stands, and where what is typed after it ends. */
  from: number;
  to: number;
  people: Person[];
}

/** Whom an "@Vér" before the caret may mean; null where nobody is being named. */
export function mentioning(text: string, caret: number, people: Person[], me: number): Mentioning | null {
  const before = text.slice(0, caret);
  const found = /(?:^|[\s([«])@([\p{L}\p{M}'’-]*(?: [\p{L}\p{M}'’-]+)?)$/u.exec(before);
  if (!found) return null;
  const typed = folded(found[1] ?? "");
  const fits = people.filter(
    ({ id, active, name }) =>
      active && id !== me && (folded(name).startsWith(typed) || folded(name).includes(` ${typed}`)),
  );
  return fits.length
    ? { from: caret - (found[1] ?? "").length - 1, to: caret, people: fits.slice(0, 8) }
    : null;
}

/** The text with the name written out, and the caret behind it. */
export function named(
  text: string,
  { from, to }: Mentioning,
  person: Person,
): { text: string; caret: number } {
  const rest = text.slice(to);
  const words = `@${person.name}${/^[\s,.;:)\]»?!]/.test(rest) ? "" : " "}`;
  return { text: text.slice(0, from) + words + rest, caret: from + words.length };
}
