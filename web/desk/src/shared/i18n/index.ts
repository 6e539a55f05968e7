import i18next from "i18next";
import { initReactI18next } from "react-i18next";

export const LANGUAGES = ["fr", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const KEPT = "comptoir.language";

type Words = Record<string, unknown>;
type Part = "first" | "rest" | "faults";

// One file a subject in locales/<language>/; the file's name is the first part of its keys. They
// come in parts: what the first page says, the rest, and the server's refusals by its English sentence.
const files: Record<Language, Record<Part, () => Promise<{ default: Words }>>> = {
  fr: {
    first: () => import("./locales/fr.first"),
    rest: () => import("./locales/fr.rest"),
    faults: () => import("./locales/fr.faults"),
  },
  en: {
    first: () => import("./locales/en.first"),
    rest: () => import("./locales/en.rest"),
    faults: () => import("./locales/en.faults"),
  },
};

const coming = new Map<string, Promise<void>>();
/** What somebody has needed so far; another language brings the same. */
const needed = new Set<Part>(["first"]);
let chosen: Language = "fr";

function load(language: Language, part: Part): Promise<void> {
  const name = `${language}.${part}`;
  const known = coming.get(name);
  if (known) return known;
  const loading = files[language][part]().then(({ default: words }) => {
    if (part === "faults") i18next.addResourceBundle(language, "faults", words);
    else i18next.addResourceBundle(language, "translation", bySubject(words), true, true);
  });
  coming.set(name, loading);
  loading.catch(() => coming.delete(name)); // without a network: asked for again the next time
  return loading;
}

function bySubject(parts: Words): Words {
  return Object.fromEntries(
    Object.entries(parts).map(([path, words]) => [path.replace(/^.*\/|\.json$/g, ""), words]),
  );
}

/** In the language of the screen, and in the one that is just being chosen. */
async function need(...parts: Part[]): Promise<void> {
  for (const part of parts) needed.add(part);
  const languages = new Set([chosen, i18next.language as Language]);
  await Promise.all([...languages].flatMap((language) => parts.map((part) => load(language, part))));
}

/**
 * The code of a screen, once the words that it says are there as well: whoever
 * draws it then never shows a key.
 */
export async function withWords<T>(code: Promise<T>): Promise<T> {
  const [it] = await Promise.all([code, need("rest", "faults")]);
  return it;
}

/** Before a refusal is shown. Without a network the server's own sentence stands. */
export async function faultWords(): Promise<void> {
  await need("faults").catch(() => undefined);
}

/** Starts the words in one language; the other is fetched only when chosen. */
export async function startI18n(language: Language): Promise<void> {
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      lng: language,
      fallbackLng: false,
      interpolation: { escapeValue: false },
      resources: {},
      react: { useSuspense: false },
    });
  }
  await chooseLanguage(language);
}

export async function chooseLanguage(language: Language): Promise<void> {
  chosen = language;
  await Promise.all([...needed].map((part) => load(language, part)));
  if (chosen !== language) return; // another one was chosen meanwhile
  await i18next.changeLanguage(language);
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language;
}

/** The language of the last visit, else the browser's: French unless English comes first. */
export function firstLanguage(): Language {
  const kept = LANGUAGES.find((language) => language === localStorage.getItem(KEPT));
  if (kept) return kept;
  const asked = navigator.languages?.find((tag) => /^(fr|en)/.test(tag));
  return asked?.startsWith("en") ? "en" : "fr";
}
