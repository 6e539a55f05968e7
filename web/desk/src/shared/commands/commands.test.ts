import { describe, expect, test, vi } from "vitest";
import { type Command, matching } from "./commands";

const command = (key: string, label: string, words = ""): Command => ({
  key,
  label,
  words,
  group: "go",
  run: vi.fn(),
});

describe("matching commands", () => {
  const all = [
    command("snooze", "Reporter"),
    command("snoozed", "Aller à Reportées"),
    command("theme", "Thème sombre", "dark theme"),
  ];
  test("take the beginnings of words, accents apart", () => {
    expect(matching(all, "repor").map(({ key }) => key)).toEqual(["snooze", "snoozed"]);
    expect(matching(all, "THEME som").map(({ key }) => key)).toEqual(["theme"]);
    expect(matching(all, "dark").map(({ key }) => key)).toEqual(["theme"]);
    expect(matching(all, "ombre")).toEqual([]);
  });
  test("are all offered when nothing is typed", () => {
    expect(matching(all, " ")).toHaveLength(3);
  });
});
