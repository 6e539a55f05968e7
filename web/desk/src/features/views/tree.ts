import type { Filter } from "@/shared/api/types";

/** A filter as a form holds it: groups of conditions, each with a key of its own. */
export type Mode = "all" | "any" | "none";
export interface Group {
  key: number;
  mode: Mode;
  items: Node[];
}
export interface Leaf {
  key: number;
  field: string;
  op: string;
  value: unknown;
  not: boolean;
}
export type Node = Group | Leaf;

let keys = 0;
const key = () => ++keys;

export const isGroup = (node: Node): node is Group => "items" in node;

export const newGroup = (items: Node[] = [], mode: Mode = "all"): Group => ({ key: key(), mode, items });

export const newLeaf = (field: string, op: string, value: unknown, not = false): Leaf => ({
  key: key(),
  field,
  op,
  value,
  not,
});

export function toFilter(node: Node): Filter {
  if (!isGroup(node)) {
    const leaf = { field: node.field, op: node.op, value: node.value };
    return node.not ? { not: leaf } : leaf;
  }
  const items = node.items.map(toFilter);
  if (node.mode === "none") return { not: { any: items } };
  return node.mode === "any" ? { any: items } : { all: items };
}

/** Reads any filter, also one that the API's users nested in other ways. */
export function fromFilter(filter: Filter): Group {
  const node = read(filter, false);
  return isGroup(node) ? node : newGroup([node]);
}

function read(filter: Filter, not: boolean): Node {
  if (filter.not) return read(filter.not, !not);
  if (filter.all) {
    // Not all of them: at least one isn't.
    const items = filter.all.map((it) => read(it, not));
    return newGroup(items, not ? "any" : "all");
  }
  if (filter.any)
    return newGroup(
      filter.any.map((it) => read(it, false)),
      not ? "none" : "any",
    );
  return filter.field ? newLeaf(filter.field, filter.op ?? "is", filter.value, not) : newGroup();
}

/** Whether every condition has been filled in, and there is one. */
export function isWhole(node: Node): boolean {
  if (isGroup(node)) return node.items.length > 0 && node.items.every(isWhole);
  // Only "is nothing" of a field of the shop's own has an empty value.
  const filled = node.value !== "" || (node.op === "is" && node.field.startsWith("field-"));
  return node.field !== "" && filled && node.value !== null && node.value !== undefined;
}
