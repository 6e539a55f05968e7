import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { deskRoutes, row } from "./fake-server";
import { renderDesk } from "./render-desk";

/** An eye that looks where the test says. */
class Eye {
  static all: Eye[] = [];
  watched: Element | null = null;
  constructor(readonly see: (seen: unknown[]) => void) {
    Eye.all.push(this);
  }
  observe(it: Element) {
    this.watched = it;
  }
  disconnect() {
    this.watched = null;
  }
}

afterEach(() => vi.unstubAllGlobals());

describe("a list of two thousand", () => {
  test("makes the rows in sight, and the one that is gone to", async () => {
    Eye.all = [];
    vi.stubGlobal("IntersectionObserver", Eye);
    const items = Array.from({ length: 2000 }, (_, n) => row(5000 + n, `Client ${n}`));
    const desk = renderDesk("/owed", deskRoutes({ "GET /conversations": { items, next: "" } }));
    await screen.findByText("Client 0");
    const made = () => screen.getAllByRole("listitem").filter((it) => it.dataset.conversation);
    expect(made().length).toBeLessThan(100);
    expect(screen.queryByText("Client 1500")).toBeNull();

    // Scrolled to: the block that holds the 1,500th.
    const eye = Eye.all.filter(({ watched }) => watched?.parentElement?.role === "list")[75];
    if (!eye) throw new Error("no block is watched");
    eye.see([{ isIntersecting: true, boundingClientRect: { height: 1640 } }]);
    await screen.findByText("Client 1500");
    eye.see([{ isIntersecting: false, boundingClientRect: { height: 1640 } }]);
    await waitFor(() => expect(screen.queryByText("Client 1500")).toBeNull());
    expect((eye.watched as HTMLElement).style.height).toBe("1640px");
    expect(desk.path()).toBe("/owed");
  });
});
