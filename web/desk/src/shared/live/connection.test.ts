import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { LiveConnection, type LiveEvent, type Socket } from "./connection";

class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  closed = false;
  constructor(readonly cursor: string) {}
  said: unknown[] = [];
  send(data: string) {
    this.said.push(JSON.parse(data));
  }
  close() {
    this.closed = true;
    this.onclose?.();
  }
  say(message: unknown) {
    this.onmessage?.({ data: typeof message === "string" ? message : JSON.stringify(message) });
  }
}

function desk() {
  const sockets: FakeSocket[] = [];
  const heard: LiveEvent[] = [];
  const states: string[] = [];
  let resyncs = 0;
  const live = new LiveConnection({
    open: (cursor) => {
      const socket = new FakeSocket(cursor);
      sockets.push(socket);
      return socket;
    },
    onEvents: (events) => heard.push(...events),
    onResync: () => resyncs++,
    onState: (state) => states.push(state),
    random: () => 1,
  });
  return { live, sockets, heard, states, resyncs: () => resyncs, last: () => sockets.at(-1) as FakeSocket };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("the live connection", () => {
  test("after a cut, comes back with the cursor it had: nothing between is skipped", () => {
    const d = desk();
    d.live.start();
    expect(d.last().cursor).toBe("");
    d.last().onopen?.();
    d.last().say({ cursor: "e1.41", events: [{ kind: "message.received", conversation: 41 }] });

    d.last().close();
    expect(d.states.at(-1)).toBe("cut");
    vi.advanceTimersByTime(500);

    expect(d.sockets).toHaveLength(2);
    expect(d.last().cursor).toBe("e1.41");
    d.last().onopen?.();
    expect(d.heard).toEqual([{ kind: "message.received", conversation: 41 }]);
    expect(d.resyncs()).toBe(0);
  });

  test("waits longer after each failure, never past thirty seconds", () => {
    const d = desk();
    d.live.start();
    for (const wait of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
      const before = d.sockets.length;
      d.last().close();
      vi.advanceTimersByTime(wait - 1);
      expect(d.sockets).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(d.sockets).toHaveLength(before + 1);
    }
  });

  test("the network coming back is not waited for", () => {
    const d = desk();
    d.live.start();
    d.last().close();
    d.live.wake();
    expect(d.sockets).toHaveLength(2);
    vi.advanceTimersByTime(60_000);
    expect(d.sockets).toHaveLength(2);
  });

  test("a server that lost the cursor asks to read everything again, once", () => {
    const d = desk();
    d.live.start();
    d.last().onopen?.();
    d.last().say({ hello: true, cursor: "e1.7" });
    d.last().say({ resync: true });
    expect(d.resyncs()).toBe(1);
    expect(d.heard).toEqual([]);
    d.last().close();
    vi.advanceTimersByTime(500);
    expect(d.last().cursor).toBe("");
  });

  test("cut before the first cursor: what happened meanwhile is unknown, so all is read again", () => {
    const d = desk();
    d.live.start();
    d.last().close();
    vi.advanceTimersByTime(500);
    d.last().onopen?.();
    expect(d.resyncs()).toBe(1);
  });

  test("what is not a message of ours changes nothing", () => {
    const d = desk();
    d.live.start();
    d.last().onopen?.();
    for (const noise of ["", "null", "[]", "{", '{"cursor":7}', '"x"']) d.last().say(noise);
    d.last().onmessage?.({ data: new ArrayBuffer(2) });
    d.last().close();
    vi.advanceTimersByTime(500);
    expect(d.last().cursor).toBe("");
    expect(d.heard).toEqual([]);
  });

  test("stopped, it stays silent", () => {
    const d = desk();
    d.live.start();
    d.live.stop();
    vi.advanceTimersByTime(60_000);
    expect(d.sockets).toHaveLength(1);
    expect(d.last().closed).toBe(true);
  });
});
