import { describe, expect, test } from "vitest";
import type { Filter } from "@/shared/api/types";
import { fromFilter, isWhole, newGroup, newLeaf, toFilter } from "./tree";

const law: Filter = { field: "law", op: "is", value: true };
const mine: Filter = { field: "assignee", op: "is", value: "me" };

describe("a filter in a form", () => {
  test.each<[string, Filter, Filter]>([
    [
      "nested groups",
      { all: [law, { any: [mine, { not: law }] }] },
      { all: [law, { any: [mine, { not: law }] }] },
    ],
    ["none of them", { not: { any: [law, mine] } }, { not: { any: [law, mine] } }],
    ["not all of them", { not: { all: [law, mine] } }, { any: [{ not: law }, { not: mine }] }],
    ["one condition alone", { not: { not: law } }, { all: [law] }],
    ["nothing", {}, { all: [] }],
  ])("keeps its meaning: %s", (_, filter, same) => {
    expect(toFilter(fromFilter(filter))).toEqual(same);
  });

  test("is whole when each condition has a value", () => {
    const filled = (text: string) => newGroup([newGroup([newLeaf("text", "contains", text)], "any")]);
    expect(isWhole(filled(""))).toBe(false);
    expect(isWhole(filled("bague"))).toBe(true);
    expect(isWhole(newGroup([newGroup()]))).toBe(false);
  });
});
