import { render, screen } from "@testing-library/react";
import { Suspense } from "react";
import { beforeEach, describe, expect, test, vi } from "vitest";

// Each test begins before the first page is painted.
let module: typeof import("./later");
let idle: (() => void)[];
beforeEach(async () => {
  vi.resetModules();
  idle = [];
  vi.stubGlobal("requestIdleCallback", (run: () => void) => idle.push(run));
  module = await import("./later");
});

const beIdle = async () => {
  idle.shift()?.();
  await vi.waitFor(() => undefined);
  await new Promise((over) => setTimeout(over));
};

describe("what is fetched ahead", () => {
  test("waits until the first page is painted, and then for a quiet moment each", async () => {
    const fetched: string[] = [];
    module.ahead(async () => {
      fetched.push("palette");
      throw new TypeError("Failed to fetch");
    });
    module.ahead(async () => fetched.push("conversation"), true);
    expect(idle).toEqual([]);
    module.painted();
    module.painted();
    await vi.waitFor(() => expect(idle).toHaveLength(1)); // behind the frame
    expect(fetched).toEqual([]);
    await beIdle();
    expect([fetched, idle.length]).toEqual([["conversation"], 1]);
    await beIdle();
    expect(fetched).toEqual(["conversation", "palette"]);
    // What comes to be known later, even after something failed.
    module.ahead(async () => fetched.push("editor"));
    await beIdle();
    expect(fetched).toEqual(["conversation", "palette", "editor"]);
  });
});

function Palette({ place }: { place: string }) {
  return <p>Aller à {place}</p>;
}

describe("a component that is fetched later", () => {
  test("is fetched when it is drawn", async () => {
    const load = vi.fn(async () => ({ Palette }));
    const Later = module.later(load, "Palette");
    expect(load).not.toHaveBeenCalled();
    render(
      <Suspense fallback="…">
        <Later place="Envois" />
      </Suspense>,
    );
    expect(screen.getByText("…")).toBeTruthy();
    expect(await screen.findByText("Aller à Envois")).toBeTruthy();
  });

  test("is drawn at once when it was fetched ahead", async () => {
    const load = vi.fn(async () => ({ Palette }));
    const Later = module.later(load, "Palette");
    module.ahead(async () => undefined);
    module.painted();
    await vi.waitFor(() => expect(idle).toHaveLength(1));
    idle.shift()?.();
    await vi.waitFor(() => expect(idle).toHaveLength(1)); // the next in turn: this one is there
    render(
      <Suspense fallback="…">
        <Later place="Envois" />
      </Suspense>,
    );
    expect(screen.getByText("Aller à Envois")).toBeTruthy();
    expect(load).toHaveBeenCalledOnce();
  });
});
