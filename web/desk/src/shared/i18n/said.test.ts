import { readFileSync } from "node:fs";
import { join } from "node:path";
import i18next from "i18next";
import { beforeAll, describe, expect, test } from "vitest";
import { Problem } from "@/shared/api/problem";
import { detailWords } from "./detail";
import en from "./faults.en.json";
import fr from "./faults.fr.json";
import { chooseLanguage, faultWords, startI18n, withWords } from "./index";
import deliveryEN from "./locales/en/delivery.json";
import eventEN from "./locales/en/event.json";
import delivery from "./locales/fr/delivery.json";
import event from "./locales/fr/event.json";
import mailServer from "./mail-server.fr.json";
import { said } from "./said";

// Written by the server's own tests from its source (make generate).
const list = JSON.parse(readFileSync(join(import.meta.dirname, "../../../said.json"), "utf8")) as {
  faults: string[];
  delivery_details: string[];
  events: string[];
};
const french: Record<string, string> = fr;
const english: Record<string, string> = en;

/** A sentence that people can read as it is. */
const readable = (text: string) => /^["A-Z].*[.?]$/s.test(text) && !/expected/.test(text);

describe("what the server says", () => {
  test("is a list worth reading", () => {
    expect(list.faults.length).toBeGreaterThan(100);
  });

  test("has French words", () => {
    expect(list.faults.filter((sentence) => !french[sentence])).toEqual([]);
  });

  test("has English words, its own or better ones", () => {
    expect(list.faults.filter((sentence) => !english[sentence] && !readable(sentence))).toEqual([]);
  });

  test("has no words for what nobody says any more", () => {
    const gone = [...Object.keys(french), ...Object.keys(english)].filter(
      (key) => !list.faults.includes(key),
    );
    expect(gone).toEqual([]);
  });

  test("names the same things in both languages", () => {
    const places = (text: string) => [...text.matchAll(/\{\d\}/g)].map(([it]) => it).sort();
    const chosen = 'expected value to be one of "{1}"'; // the values are the program's own words
    for (const [sentence, words] of [...Object.entries(french), ...Object.entries(english)]) {
      if (sentence !== chosen) expect([sentence, places(words)]).toEqual([sentence, places(sentence)]);
    }
  });

  test("keeps French typography", () => {
    const wrong = Object.values(french).filter(
      (text) =>
        / [;:!?»]|« |['!—]|[^\s\u202f«][;!?»]|[^\s\u202f\d][:](?!\/)/u.test(text) && !/00:00/.test(text),
    );
    expect(wrong).toEqual([]);
  });
});

describe("in the language of the screen", () => {
  beforeAll(async () => {
    await startI18n("fr");
    await faultWords();
  });

  test("a refusal is told", async () => {
    const locked = new Problem(423, { detail: "Too many attempts. Try again in 15 minutes." });
    const form = new Problem(422, {
      detail: "validation failed",
      errors: [{ location: "body.name", message: "expected length <= 120" }],
    });
    expect(locked.words).toBe("Trop d’essais. Réessayez dans 15 minutes.");
    expect(form.words).toBe("120 caractères au plus.");
    expect(form.field("name")).toBe("120 caractères au plus.");
    expect(said('"camille@" is no mail address.')).toBe("«\u202fcamille@\u202f» n’est pas une adresse mail.");
    expect(said("12:00 is not before 09:00")).toBe("12:00 n’est pas avant 09:00.");
    expect(said("Something of tomorrow's server.")).toBe("Something of tomorrow's server.");
    await chooseLanguage("en");
    expect(locked.words).toBe("Too many attempts. Try again in 15 minutes.");
    expect(form.words).toBe("At most 120 characters.");
  });
});

describe("what the program says about a mail and a conversation", () => {
  beforeAll(() => withWords(Promise.resolve()));
  const words = (tree: unknown, path: string[]): unknown =>
    path.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], tree);

  test("has words for each reason of a delivery's state", () => {
    const keys = list.delivery_details.map((it) => it.replace(/[: ]+$/, ""));
    expect(keys.length).toBeGreaterThan(5);
    for (const tree of [delivery, deliveryEN]) {
      expect(keys.filter((key) => typeof words(tree, ["detail", key]) !== "string")).toEqual([]);
    }
  });

  test("names what another server added", async () => {
    await chooseLanguage("en");
    const tell = (detail: string) => detailWords(i18next.t, i18next.exists, detail);
    expect(tell("bounced 5.1.1")).toBe("Came back (5.1.1).");
    expect(tell("expired: 452 4.2.2 Mailbox full")).toBe(
      "Two days of tries without success (452 4.2.2 Mailbox full).",
    );
    expect(tell("restored")).toContain("backup");
    expect(tell("452 4.2.2 Mailbox full: try later")).toBe("452 4.2.2 Mailbox full: try later");
  });

  test("says what is wrong with a mail server in the language of the screen", async () => {
    const tell = (detail: string) => detailWords(i18next.t, i18next.exists, detail);
    const tls =
      "On port 465, mail.lila.example does not speak TLS from the start. Choose STARTTLS, or port 465.";
    const refused =
      "The password is refused by ssl0.ovh.net for sav@lila.example.\nAt OVH the user name is the whole mail address and the password the mailbox's, not the customer account's.";
    await chooseLanguage("fr");
    expect(tell(tls)).toBe(
      "Sur le port 465, mail.lila.example ne parle pas TLS dès la connexion. Choisissez STARTTLS, ou le port 465.",
    );
    expect(tell(refused)).toBe(
      "Le mot de passe est refusé par ssl0.ovh.net pour sav@lila.example. Chez OVH, le nom d’utilisateur est l’adresse mail entière et le mot de passe celui de la boîte, pas celui de l’espace client.",
    );
    expect(tell(`expired: ${tls}`)).toContain("ne parle pas TLS");
    await chooseLanguage("en");
    expect(tell(tls)).toBe(tls);
    expect(tell(refused)).toBe(refused.replace("\n", " "));
    const places = (text: string) => [...text.matchAll(/\{\d\}/g)].map(([it]) => it).sort();
    for (const [en, fr] of Object.entries(mailServer)) expect(places(fr)).toEqual(places(en));
  });

  test("has words for each event that a conversation shows, with and without a person", () => {
    for (const tree of [event, eventEN]) {
      const missing = list.events.flatMap((kind) =>
        ["by", "alone"]
          .map((who) => [...kind.split("."), who])
          .filter((path) => typeof words(tree, path) !== "string"),
      );
      expect(missing).toEqual([]);
    }
  });
});
