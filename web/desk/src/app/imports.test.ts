import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { describe, expect, test } from "vitest";

// shared → features → app, and no feature imports another: a feature can then be
// changed, or thrown away, by reading its own folder. Made from the folder list,
// so that a new feature is covered without anybody remembering.
const source = resolve(import.meta.dirname, "..");
const features = readdirSync(join(source, "features"));

const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) =>
  /\.tsx?$/.test(name),
);

interface Import {
  from: string;
  to: string;
}

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(source, file), "utf8");
  const named = [...text.matchAll(/(?:from|import\(|import)\s*"([^"]+)"/g)].map((found) => found[1] ?? "");
  return named.flatMap((name) => {
    if (name.startsWith("@/")) return [{ from: file, to: name.slice(2) }];
    if (name.startsWith("."))
      return [{ from: file, to: relative(source, resolve(source, dirname(file), name)) }];
    return [];
  });
});

const row = (path: string) => path.split(sep)[0] ?? "";
const feature = (path: string) => (row(path) === "features" ? path.split(sep)[1] : undefined);

describe("imports", () => {
  test("are seen at all", () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(features.length).toBeGreaterThan(5);
  });

  test("of shared never reach up", () => {
    expect(imports.filter(({ from, to }) => row(from) === "shared" && row(to) !== "shared")).toEqual([]);
  });

  test.each(features)("of %s stay in it and in shared", (name) => {
    const out = imports.filter(
      ({ from, to }) => feature(from) === name && feature(to) !== name && row(to) !== "shared",
    );
    expect(out).toEqual([]);
  });

  test("of the app take a feature by its front door", () => {
    const deep = imports.filter(
      ({ from, to }) => row(from) === "app" && feature(to) && to.split(sep).length > 2,
    );
    expect(deep).toEqual([]);
  });
});

test("a component file stays within 250 lines", () => {
  const long = files
    .filter((name) => name.endsWith(".tsx"))
    .map((name) => ({ name, lines: readFileSync(join(source, name), "utf8").split("\n").length }))
    .filter(({ lines }) => lines > 250);
  expect(long).toEqual([]);
});

test("each feature has a front door", () => {
  expect(features.filter((name) => !existsSync(join(source, "features", name, "index.ts")))).toEqual([]);
});
