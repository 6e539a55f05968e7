import type { PageBlock } from "@/shared/api/types";

export type BlockName = PageBlock["name"];

/** Moves a part up (-1) or down (1) among those that are shown, or past the hidden ones. */
export function moved(blocks: PageBlock[], name: BlockName, by: -1 | 1): PageBlock[] {
  const at = blocks.findIndex((it) => it.name === name);
  let to = at + by;
  while (blocks[to]?.hidden) to += by;
  if (at < 0 || to < 0 || to >= blocks.length) return blocks;
  const rest = blocks.filter((it) => it.name !== name);
  return [...rest.slice(0, to), blocks[at] as PageBlock, ...rest.slice(to)];
}

/** Puts a part where another stands, which makes room. */
export function placedAt(blocks: PageBlock[], name: BlockName, at: BlockName): PageBlock[] {
  const from = blocks.findIndex((it) => it.name === name);
  const to = blocks.findIndex((it) => it.name === at);
  if (from < 0 || to < 0 || from === to) return blocks;
  const rest = blocks.filter((it) => it.name !== name);
  return [...rest.slice(0, to), blocks[from] as PageBlock, ...rest.slice(to)];
}

export function hidden(blocks: PageBlock[], name: BlockName, yes: boolean): PageBlock[] {
  return blocks.map((it) => (it.name === name ? { ...it, hidden: yes } : it));
}
