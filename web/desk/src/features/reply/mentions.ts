import type { Person } from "@/shared/api/types";

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Whom a note names: "@Véronica" or "@Véronica Lambert", accents and case apart. A first name that two have names both. */
export function mentioned(text: string, people: Person[]): number[] {
  const words = plain(text);
  const named = (name: string) => {
    const wanted = `@${plain(name)}`;
    for (let at = words.indexOf(wanted); at >= 0; at = words.indexOf(wanted, at + 1)) {
      const after = words[at + wanted.length] ?? " ";
      if (!/[\p{L}\p{N}-]/u.test(after)) return true;
    }
    return false;
  };
  return people
    .filter(({ active, name }) => active && (named(name) || named(name.split(" ")[0] ?? name)))
    .map(({ id }) => id);
}
