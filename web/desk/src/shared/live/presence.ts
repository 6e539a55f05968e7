import { useEffect, useSyncExternalStore } from "react";

/** Somebody else who has a conversation before them, as the server tells it. */
export interface Presence {
  conversation: number;
  person: number;
  writing: boolean;
}

/** What this screen says of itself. */
export interface Said {
  at: number;
  writing: boolean;
}

// The server forgets a screen 40 s after its last word.
const AGAIN = 15_000;
const WRITES_FOR = 12_000;
/** Who has touched nothing for so long reads nothing. */
const AWAY_AFTER = 5 * 60_000;

/**
 * Where this screen is. Promises: every change is said at once and a sign of
 * life every 15 s; a hidden tab and a screen that nobody touches are nowhere.
 * Never: says what is written, or speaks while nothing is open.
 */
export class Here {
  private at = 0;
  private wroteAt = Number.NEGATIVE_INFINITY;
  private touchedAt = 0;
  private last: Said = { at: 0, writing: false };
  private timer: ReturnType<typeof setInterval> | undefined;
  private rest: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly say: (said: Said) => void,
    private readonly now: () => number = () => Date.now(),
    private readonly hidden: () => boolean = () => document.hidden,
  ) {}

  start(): void {
    this.timer = setInterval(() => this.tell(this.last.at > 0), AGAIN);
  }

  stop(): void {
    clearInterval(this.timer);
    clearTimeout(this.rest);
  }

  show(conversation: number): void {
    this.at = conversation;
    this.wroteAt = Number.NEGATIVE_INFINITY;
    this.touch();
  }

  /** Something was typed. */
  wrote(conversation: number): void {
    if (conversation !== this.at) return;
    this.wroteAt = this.now();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.tell(), WRITES_FOR);
    this.touch();
  }

  /** Nothing is being written any more: it was sent. */
  finished(): void {
    this.wroteAt = Number.NEGATIVE_INFINITY;
    this.tell();
  }

  touch(): void {
    this.touchedAt = this.now();
    this.tell();
  }

  /** Says where the screen is if that is news, or again when asked to. */
  tell(again = false): void {
    const away = this.hidden() || this.now() - this.touchedAt >= AWAY_AFTER;
    const at = away ? 0 : this.at;
    const said = { at, writing: at > 0 && this.now() - this.wroteAt < WRITES_FOR };
    if (!again && said.at === this.last.at && said.writing === this.last.writing) return;
    this.last = said;
    this.say(said);
  }
}

let here: Here | null = null;
let shows = 0;

/** The screen of this tab, for as long as somebody is signed in. */
export function setHere(next: Here | null): void {
  here = next;
  here?.show(shows);
}

function show(conversation: number): void {
  shows = conversation;
  here?.show(conversation);
}

/** Tells colleagues that this conversation is before one's eyes. */
export function useHere(conversation: number, on: boolean): void {
  useEffect(() => {
    if (!on) return;
    show(conversation);
    return () => show(0);
  }, [conversation, on]);
}

/** Tells colleagues that something is being typed here. */
export function wrote(conversation: number): void {
  here?.wrote(conversation);
}

export function finishedWriting(): void {
  here?.finished();
}

const NOBODY: readonly Presence[] = [];
let shown = new Map<number, readonly Presence[]>();
const listeners = new Set<() => void>();

/** Takes the server's whole picture; a conversation where nothing moved keeps its list. */
export function setPresence(picture: readonly Presence[]): void {
  const next = new Map<number, Presence[]>();
  for (const one of picture) {
    next.set(one.conversation, [...(next.get(one.conversation) ?? []), one]);
  }
  const before = shown;
  shown = new Map(
    [...next].map(([id, list]) => {
      const old = before.get(id);
      return [id, old && JSON.stringify(old) === JSON.stringify(list) ? old : list];
    }),
  );
  for (const listener of listeners) listener();
}

/** Who else is at a conversation now. */
export function usePresence(conversation: number): readonly Presence[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown.get(conversation) ?? NOBODY,
  );
}
