import { beforeEach, describe, expect, test, vi } from "vitest";

// Each test begins as a page does, with nothing loaded.
let i18n: typeof import("./index");
let words: typeof import("i18next").default;
beforeEach(async () => {
  vi.resetModules();
  i18n = await import("./index");
  words = (await import("i18next")).default;
  await i18n.startI18n("fr");
});

describe("the words of the screen", () => {
  test("are those of the first page until a screen needs more", async () => {
    expect(words.t("nav.owed")).toBe("À répondre");
    expect(words.exists("reply.label")).toBe(false);
    expect(await i18n.withWords(Promise.resolve("the composer"))).toBe("the composer");
    expect(words.exists("reply.label")).toBe(true);
    expect(words.exists("nav.owed")).toBe(true);
  });

  test("come along into another language", async () => {
    await i18n.withWords(Promise.resolve());
    await i18n.chooseLanguage("en");
    expect(words.t("nav.owed")).toBe("To answer");
    expect(words.exists("reply.label")).toBe(true);
  });

  test("are there for a screen that opens while the language changes", async () => {
    const changing = i18n.chooseLanguage("en");
    await i18n.withWords(Promise.resolve());
    expect(words.exists("reply.label")).toBe(true);
    await changing;
    expect(words.language).toBe("en");
    expect(words.exists("reply.label")).toBe(true);
  });

  test("are those of the language that was chosen last", async () => {
    await Promise.all([i18n.chooseLanguage("en"), i18n.chooseLanguage("fr")]);
    expect(words.language).toBe("fr");
    expect(document.documentElement.lang).toBe("fr");
  });
});
