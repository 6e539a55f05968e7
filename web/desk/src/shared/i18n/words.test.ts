import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const here = import.meta.dirname;
const source = join(here, "../..");

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, path: string): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === "string"
      ? [[`${path}.${name}`, value] as [string, string]]
      : flat(value, `${path}.${name}`),
  );
}

function read(language: string): Map<string, string> {
  const folder = join(here, "locales", language);
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return new Map(
    files.flatMap((name) =>
      flat(JSON.parse(readFileSync(join(folder, name), "utf8")), name.replace(".json", "")),
    ),
  );
}

const PLURAL = /(_ordinal)?_(zero|one|two|few|many|other)$/;
const stem = (key: string) => key.replace(PLURAL, "");
const words = { fr: read("fr"), en: read("en") };
const stems = (language: "fr" | "en") => new Set([...words[language].keys()].map(stem));

const code = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name))
  .map((name) => readFileSync(join(source, name), "utf8"))
  .join("\n");

// What the code asks for: whole keys in quotes, and the fixed ends of those it puts together.
const asked = new Set([...code.matchAll(/"([a-z_]+(?:\.[\w-]+)+)"/g)].map((found) => found[1] ?? ""));
const joined = [...code.matchAll(/`([a-z_]+\.[\w.-]*)\$\{[^`]*`/g)].map((found) => {
  const text = found[0].slice(1, -1);
  const pattern = text.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".+")}$`);
});

describe("the words of the screen", () => {
  test("are there in both languages", () => {
    expect([...stems("fr")].filter((key) => !stems("en").has(key))).toEqual([]);
    expect([...stems("en")].filter((key) => !stems("fr").has(key))).toEqual([]);
  });

  test("are there for each key that the code asks for", () => {
    const namespaces = new Set([...stems("fr")].map((key) => key.split(".")[0]));
    const literal = [...code.matchAll(/\bt\(\s*"([^"]+)"/g)].map((found) => found[1] ?? "");
    const others = [...asked].filter(
      (key) => namespaces.has(key.split(".")[0]) && /^[a-z_]+\.[a-z_.]+$/.test(key),
    );
    const events =
      /^(message|guard|promise|conversation|delivery|draft|quarantine|mailbox|person|shop|ask|reading)\.[a-z_]+$/;
    const missing = [...new Set([...literal, ...others.filter((key) => !events.test(key))])].filter(
      (key) => !stems("fr").has(key),
    );
    expect(missing).toEqual([]);
  });

  test("are there for each key that the code puts together", () => {
    const none = joined.filter((pattern) => {
      const start = pattern.source.slice(1).split(/[.]\+|\\\./)[0] ?? "";
      return (
        [...stems("fr")].some((key) => key.startsWith(`${start}.`)) &&
        ![...stems("fr")].some((key) => pattern.test(key))
      );
    });
    expect(none.map(String)).toEqual([]);
  });

  test("are all used", () => {
    const unused = [...stems("fr")].filter(
      (key) => !asked.has(key) && !joined.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  test("have the plurals that their language counts with", () => {
    for (const [language, all] of Object.entries(words)) {
      for (const key of all.keys()) {
        const plural = PLURAL.exec(key);
        if (!plural) continue;
        const rules = new Intl.PluralRules(language, { type: plural[1] ? "ordinal" : "cardinal" });
        // "many" is for millions in French; no count here passes 999.
        const wanted = rules.resolvedOptions().pluralCategories.filter((category) => category !== "many");
        const there = wanted.filter((category) => all.has(`${stem(key)}${plural[1] ?? ""}_${category}`));
        expect([key, there]).toEqual([key, wanted]);
      }
    }
  });

  test("name the same values in both languages", () => {
    const values = (text: string | undefined) =>
      [...(text ?? "").matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]).sort();
    for (const [key, text] of words.fr) {
      if (words.en.has(key)) expect([key, values(words.en.get(key))]).toEqual([key, values(text)]);
    }
  });
});

describe("French typography", () => {
  // What a person types is no sentence: de:camille stands without blanks.
  const french = [...words.fr].filter(([key]) => !/^search\.(placeholder|help\.\w+\.example)$/.test(key));

  test("puts a narrow no-break space before ; : ! ? and inside guillemets", () => {
    const wrong = french.filter(([, text]) =>
      / [;:!?»]|« |[^\s\u202f«][;!?»]|[^\s\u202f\d][:](?!\/)/u.test(text),
    );
    expect(wrong).toEqual([]);
  });

  test("has curly apostrophes, no exclamation marks and no em dashes", () => {
    expect(french.filter(([, text]) => /['!—]/.test(text))).toEqual([]);
  });

  test("never says renoncer for classing without an answer", () => {
    expect(french.filter(([, text]) => /renonc/i.test(text))).toEqual([]);
  });
});
