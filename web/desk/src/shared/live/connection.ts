import type { Counts } from "@/shared/api/types";
import type { Presence, Said } from "./presence";

/**
 * The live connection: hears what changed, by ids only, from a cursor. A cut is
 * repaired by coming back with the last cursor; where the server no longer knows
 * it (restore, move) it answers "resync" and everything shown is read again.
 * Promises: no event is skipped between two connections, and the state is told.
 * Never: carries content, or decides what a screen shows.
 */
export interface LiveEvent {
  kind: string;
  conversation?: number | null;
  promise?: number | null;
  message?: number | null;
  delivery?: number | null;
}

export interface LiveMessage {
  cursor?: string;
  events?: LiveEvent[] | null;
  /** The figures of the top bar as they now are, where an event moved them. */
  counts?: Counts | null;
  /** The cursor that was offered is unknown here: read everything again. */
  resync?: boolean;
  /** Who else is where, the whole picture. */
  presence?: Presence[] | null;
}

export type LiveState = "connecting" | "open" | "cut";

export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(data: string): void;
  close(): void;
}

export interface LiveOptions {
  open: (cursor: string) => Socket;
  onEvents: (events: LiveEvent[]) => void;
  onResync: () => void;
  onCounts?: (counts: Counts) => void;
  onPresence?: (presence: Presence[]) => void;
  onState?: (state: LiveState) => void;
  /** Jitter keeps a whole team from knocking at once after a restart. */
  random?: () => number;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

export class LiveConnection {
  private cursor = "";
  private socket: Socket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private stopped = true;
  private open = false;

  constructor(private readonly options: LiveOptions) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.drop();
  }

  /** Tries at once: the network came back, or the tab did. */
  wake(): void {
    if (this.stopped || this.socket) return;
    clearTimeout(this.timer);
    this.connect();
  }

  /** Says where this screen is; lost while the connection is, and said again after it. */
  say(said: Said): void {
    if (this.open) this.socket?.send(JSON.stringify(said));
  }

  private connect(): void {
    this.options.onState?.("connecting");
    const socket = this.options.open(this.cursor);
    const returning = this.failures > 0 && this.cursor === "";
    this.socket = socket;
    socket.onopen = () => {
      this.failures = 0;
      this.open = true;
      this.options.onState?.("open");
      // Never had a cursor, and was cut: what happened meanwhile is unknown.
      if (returning) this.options.onResync();
    };
    socket.onmessage = (event) => this.receive(event.data);
    socket.onclose = () => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.open = false;
      this.retry();
    };
  }

  private receive(data: unknown): void {
    const message = parse(data);
    if (!message) return;
    // After a resync without a cursor the old one is worthless: ask afresh next time.
    this.cursor = message.cursor ?? (message.resync ? "" : this.cursor);
    if (message.resync) this.options.onResync();
    else if (message.events?.length) this.options.onEvents(message.events);
    if (message.presence) this.options.onPresence?.(message.presence);
    if (message.counts) this.options.onCounts?.(message.counts);
  }

  private retry(): void {
    if (this.stopped) return;
    this.options.onState?.("cut");
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.failures);
    this.failures++;
    const jitter = 0.5 + (this.options.random ?? Math.random)() / 2;
    this.timer = setTimeout(() => this.connect(), wait * jitter);
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    this.open = false;
    socket?.close();
  }
}

function parse(data: unknown): LiveMessage | null {
  if (typeof data !== "string") return null;
  try {
    const message: unknown = JSON.parse(data);
    if (typeof message !== "object" || message === null) return null;
    const said = message as LiveMessage;
    const known = typeof said.cursor === "string" || (said.cursor === undefined && said.resync === true);
    return known ? said : null;
  } catch {
    return null;
  }
}
