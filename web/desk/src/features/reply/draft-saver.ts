import { Problem } from "@/shared/api/problem";
import type { Draft } from "@/shared/api/types";
import type { DraftInput } from "./api/draft";

export type SaveState = "idle" | "unsaved" | "saving" | "saved" | "stale" | "failed";

export interface SaverOptions {
  save: (draft: DraftInput) => Promise<Draft>;
  onState: (state: SaveState, theirs?: Draft) => void;
  /** The revision that was read with the conversation; 0 without a draft. */
  revision: number;
  quietMs?: number;
}

/**
 * Keeps a draft on the server as one types: after a short silence, one save at a
 * time, each naming the revision it stands on. When somebody else has saved
 * meanwhile it stops and tells ("stale"): two people on one draft lose nothing.
 */
export class DraftSaver {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pending: Omit<DraftInput, "revision"> | null = null;
  private running: Promise<void> | null = null;
  private revision: number;
  private stopped = false;

  constructor(private readonly options: SaverOptions) {
    this.revision = options.revision;
  }

  /** The revision that the server holds. */
  get saved(): number {
    return this.revision;
  }

  change(draft: Omit<DraftInput, "revision">): void {
    if (this.stopped) return;
    this.pending = draft;
    this.options.onState("unsaved");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), this.options.quietMs ?? 800);
  }

  /** Saves what waits, now: on leaving, or before sending. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.running) await this.running;
    if (!this.pending || this.stopped) return;
    this.running = this.save(this.pending);
    this.pending = null;
    await this.running;
    this.running = null;
  }

  /** After a conflict: go on from their revision, whether with their words or over them. */
  resume(revision: number): void {
    this.stopped = false;
    this.pending = null;
    this.revision = revision;
    this.options.onState("idle");
  }

  /** The answer has left, or the draft was thrown away: what waits must not come back. */
  forget(revision = 0): void {
    clearTimeout(this.timer);
    this.pending = null;
    this.revision = revision;
    this.options.onState("idle");
  }

  private async save(draft: Omit<DraftInput, "revision">): Promise<void> {
    this.options.onState("saving");
    try {
      const saved = await this.options.save({ ...draft, revision: this.revision });
      this.revision = saved.revision;
      if (!this.pending) this.options.onState("saved");
    } catch (error) {
      if (error instanceof Problem && error.code === "stale") {
        this.stopped = true;
        this.options.onState("stale", error.body.current as Draft | undefined);
        return;
      }
      this.pending ??= draft;
      this.options.onState("failed");
      this.timer = setTimeout(() => void this.flush(), 5000);
    }
  }
}
