import i18next from "i18next";
import { initReactI18next } from "react-i18next";

export const LANGUAGES = ["fr", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const KEPT = "comptoir.language";

type Words = Record<string, unknown>;

// One file a subject in locales/<language>/; the file's name is the first part of its keys.
// Beside them stand the words for what the server says, by its English sentence.
const files: Record<Language, () => Promise<{ default: Record<string, Words>; faults: Words }>> = {
  fr: () => import("./locales/fr"),
  en: () => import("./locales/en"),
};

async function load(language: Language): Promise<void> {
  const { default: parts, faults } = await files[language]();
  const words = Object.fromEntries(
    Object.entries(parts).map(([path, words]) => [path.replace(/^.*\/|\.json$/g, ""), words]),
  );
  i18next.addResourceBundle(language, "faults", faults);
  i18next.addResourceBundle(language, "translation", words);
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
  if (!i18next.hasResourceBundle(language, "translation")) {
    await load(language);
  }
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
