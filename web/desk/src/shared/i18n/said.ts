import i18next from "i18next";

type Sentences = Record<string, string>;

interface Template {
  pattern: RegExp;
  key: string;
}

const made = new WeakMap<Sentences, Template[]>();

/**
 * A sentence of the server in the language of the screen. The server's own
 * English is the key; what differs each time stands as {1}, {2} in it. What has
 * no words stays as it came.
 */
export function said(sentence: string | undefined): string | undefined {
  const words: Sentences | undefined = i18next.getResourceBundle?.(i18next.language, "faults");
  if (!sentence || !words) return sentence;
  const whole = words[sentence];
  if (whole) return whole;
  for (const { pattern, key } of templatesOf(words)) {
    const found = pattern.exec(sentence);
    if (found) return (words[key] ?? key).replace(/\{(\d)\}/g, (_, n) => found.groups?.[`n${n}`] ?? "");
  }
  return sentence;
}

function templatesOf(words: Sentences): Template[] {
  const known = made.get(words);
  if (known) return known;
  const list = Object.keys(words)
    .filter((key) => key.includes("{1}"))
    .sort((a, b) => b.length - a.length) // the most particular first
    .map((key) => ({
      key,
      pattern: new RegExp(
        `^${key.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\d)\}/g, "(?<n$1>.+)")}$`,
        "s",
      ),
    }));
  made.set(words, list);
  return list;
}
