import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import enFirst from "./locales/en.first";
import enRest from "./locales/en.rest";
import frFirst from "./locales/fr.first";
import frRest from "./locales/fr.rest";

// What is fetched before anything is painted has the words of the first page only. Read from the
// source: what the first page draws says nothing else, and all other code is fetched with its words.
const source = resolve(import.meta.dirname, "../..");
const text = (file: string) => readFileSync(file, "utf8");
const name = (file: string) => relative(source, file);

function fileOf(from: string, asked: string): string | undefined {
  const at = asked.startsWith("@/")
    ? join(source, asked.slice(2))
    : asked.startsWith(".")
      ? resolve(dirname(from), asked)
      : undefined;
  return (
    at &&
    [at, `${at}.ts`, `${at}.tsx`, join(at, "index.ts")].find((it) => /\.tsx?$/.test(it) && existsSync(it))
  );
}

const STATIC = /^(?:import|export)\s+(?!type\b)[^;"]*?from\s*"([^"]+)"|^import\s*"([^"]+)"/gm;
const LAZY = /import\(\s*"([^"]+)"\s*\)/g;

function reached(file: string, how: RegExp): string[] {
  return [...text(file).matchAll(how)].flatMap((it) => fileOf(file, it[1] ?? it[2] ?? "") ?? []);
}

/** A file with all that is fetched with it. */
function whole(...files: string[]): Set<string> {
  const seen = new Set<string>();
  for (
    let next = files;
    next.length;
    next = next.flatMap((file) => reached(file, STATIC)).filter((it) => !seen.has(it))
  ) {
    for (const file of next) seen.add(file);
  }
  return seen;
}

type Tree = { [key: string]: string | Tree };
const flat = (tree: Tree, path: string): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [`${path}.${key}`] : flat(value, `${path}.${key}`),
  );
const subjects = (part: Record<string, unknown>) =>
  Object.keys(part).map((path) => path.replace(/^.*\/|\.json$/g, ""));
const locale = join(import.meta.dirname, "locales/fr");
const all = readdirSync(locale).map((file) => file.replace(".json", ""));
const keys = new Set(
  all
    .flatMap((it) => flat(JSON.parse(text(join(locale, `${it}.json`))) as Tree, it))
    .map((key) => key.replace(/(_ordinal)?_(zero|one|two|few|many|other)$/, "")),
);

// Says what other pages are called, each only once its words are there (useKnownWords).
const PATIENT = "app/PageTitle.tsx";

/** The subjects of the words that some files say, each with where. */
function said(files: Iterable<string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of files) {
    if (name(file) === PATIENT) continue;
    const written = [...text(file).matchAll(/"([a-z_]+(?:\.[\w-]+)+)"/g)].filter((it) =>
      keys.has(it[1] ?? ""),
    );
    const joined = [...text(file).matchAll(/`([a-z_]+\.)[\w.-]*\$\{/g)];
    for (const it of [...written, ...joined]) {
      const subject = it[1]?.split(".")[0] ?? "";
      if (all.includes(subject)) found.set(subject, `${name(file)}: ${it[0]}`);
    }
  }
  return found;
}

const first = subjects(frFirst);
const early = whole(join(source, "main.tsx"));
// Drawn without being asked for: the sign-in pages, and the tour beside the first list of the demo shop.
const alone = [join(source, "features/sign-in/index.ts"), join(source, "app/Tour.tsx")];

test("each subject is in one part, the same in both languages", () => {
  expect([...first, ...subjects(frRest)].sort()).toEqual(all.sort());
  expect(subjects(enFirst)).toEqual(first);
  expect(subjects(enRest)).toEqual(subjects(frRest));
});

test("the source is read at all", () => {
  expect(early.size).toBeGreaterThan(50);
  expect([...said(early).keys()]).toEqual(expect.arrayContaining(["owed", "nav", "shell"]));
  expect([...said(whole(join(source, "app/ConversationPage.tsx"))).keys()]).toContain("conversation");
});

test("the first page and the sign-in page say words that are there from the start", () => {
  const others = [...said(whole(join(source, "main.tsx"), ...alone))].filter(
    ([subject]) => !first.includes(subject),
  );
  expect(others).toEqual([]);
});

test("what the first page fetches later comes with its words", () => {
  const bare = [...early].flatMap((file) => {
    const code = text(file);
    return [...code.matchAll(LAZY)]
      .filter((it) => !/(withWords\(|later\(\s*\(\) =>\s*)$/.test(code.slice(0, it.index)))
      .map((it) => ({ from: name(file), to: fileOf(file, it[1] ?? "") }))
      .filter(({ to }) => to && !alone.includes(to))
      .filter(({ to }) => [...said(whole(to ?? "")).keys()].some((subject) => !first.includes(subject)));
  });
  expect(bare).toEqual([]);
});
