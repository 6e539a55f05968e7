import { useEffect, useRef, useSyncExternalStore } from "react";

/** Something that can be done from the palette, here and now. */
export interface Command {
  /** Unique among all that are offered at once. */
  key: string;
  label: string;
  /** Where it stands in the palette. */
  group: "list" | "conversation" | "writing" | "act" | "go";
  /** Its own key, shown beside it. */
  hint?: string;
  /** Further words by which it is found. */
  words?: string;
  run: () => void;
}

let offered: readonly Command[] = [];
const sources = new Map<symbol, readonly Command[]>();
const listeners = new Set<() => void>();

function tell() {
  offered = [...sources.values()].flat();
  for (const listener of listeners) listener();
}

/** Offers commands in the palette while the calling component is on screen. */
export function useCommands(commands: readonly Command[]): void {
  const current = useRef(commands);
  current.current = commands;
  const shape = commands.map(({ key, label }) => `${key} ${label}`).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape stands for the commands; what they do is read when they run
  useEffect(() => {
    const source = Symbol("commands");
    const run = (key: string) => current.current.find((it) => it.key === key)?.run();
    sources.set(
      source,
      current.current.map((it) => ({ ...it, run: () => run(it.key) })),
    );
    tell();
    return () => {
      sources.delete(source);
      tell();
    };
  }, [shape]);
}

/** What is offered at this moment, for whoever looks once. */
export const offeredNow = (): readonly Command[] => offered;

/** All that is offered now. */
export function useOffered(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => offered,
  );
}

/** Case and accents apart, as the search on the server compares. */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
}

/** The commands of which each typed word begins a word, best first. */
export function matching(commands: readonly Command[], typed: string): Command[] {
  const wanted = folded(typed).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [...commands];
  const at = (it: Command) => {
    const words = folded(`${it.label} ${it.words ?? ""}`).split(/[^\p{L}\p{N}]+/u);
    return wanted.every((w) => words.some((word) => word.startsWith(w)))
      ? words.findIndex((word) => word.startsWith(wanted[0] ?? ""))
      : -1;
  };
  return commands
    .map((command) => ({ command, place: at(command) }))
    .filter(({ place }) => place >= 0)
    .sort((a, b) => a.place - b.place)
    .map(({ command }) => command);
}
