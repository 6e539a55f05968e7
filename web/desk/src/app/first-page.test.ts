import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// The promise is 200 kB (docs/ARCHITECTURE.md); the difference is what one may grow by before somebody must look.
const BUDGET = 175_000;

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
}

const here = resolve(import.meta.dirname, "../..");
const built = mkdtempSync(join(tmpdir(), "comptoir-first-page-"));
let manifest: Record<string, Chunk>;

beforeAll(() => {
  const vite = join(here, "node_modules/vite/bin/vite.js");
  const args = [vite, "build", "--manifest", "manifest.json", "--outDir", built, "--logLevel", "warn"];
  execFileSync(process.execPath, args, {
    cwd: here,
    env: { ...process.env, NODE_ENV: "production", VITEST: "" },
  });
  manifest = JSON.parse(readFileSync(join(built, "manifest.json"), "utf8"));
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

/** The files that a browser must have for some modules, with their size when compressed. */
function files(...names: string[]): Map<string, number> {
  const found = new Map<string, number>();
  const visit = (name: string) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`${name} is in no chunk of its own`);
    if (found.has(chunk.file)) return;
    found.set(chunk.file, gzipSync(readFileSync(join(built, chunk.file))).length);
    chunk.imports?.forEach(visit);
  };
  names.forEach(visit);
  return found;
}

describe("the JavaScript of a first visit, compressed", () => {
  const entry = "index.html";
  const words = (language: string) => `src/shared/i18n/locales/${language}.first.ts`;

  test.each(["fr", "en"])("is small in %s, the list of the demo shop with its tour", (language) => {
    const all = files(entry, words(language), "src/app/Tour.tsx");
    const bytes = [...all.values()].reduce((sum, it) => sum + it, 0);
    expect(bytes, [...all].map((it) => it.join(" ")).join("\n")).toBeLessThan(BUDGET);
    expect(bytes).toBeGreaterThan(100_000); // or it counts nothing
  });

  test("is small for who signs in", () => {
    const bytes = [...files(entry, words("fr"), "src/features/sign-in/index.ts").values()];
    expect(bytes.reduce((sum, it) => sum + it, 0)).toBeLessThan(BUDGET);
  });

  test("comes in a handful of files, each named by its content", () => {
    const names = [...files(entry, words("fr")).keys()];
    expect(names.length).toBeLessThan(8);
    expect(names.filter((it) => !/^assets\/[\w.-]+-[\w-]{8}\.js$/.test(it))).toEqual([]);
  });

  test("holds neither the editor nor dialogs and menus", () => {
    const code = [...files(entry).keys()].map((it) => readFileSync(join(built, it), "utf8")).join("\n");
    expect(code).not.toContain("base-ui.com");
    expect(code).not.toContain("ProseMirror");
    expect(code).toContain("/api/v1"); // it is the desk that was looked at
  });
});
