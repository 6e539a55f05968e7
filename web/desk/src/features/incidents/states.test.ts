import { describe, expect, it } from "vitest";
import type { IncidentAnswer } from "@/shared/api/types";
import { counts, fraction } from "./states";

const standing = (...states: IncidentAnswer["state"][]) =>
  states.map((state) => ({ state }) as IncidentAnswer);

describe("a round of an incident", () => {
  it("is counted by where each answer stands, in the order of what is to be done", () => {
    expect(counts(standing("sent", "ready", "stopped", "ready"))).toEqual([
      { state: "ready", count: 2 },
      { state: "stopped", count: 1 },
      { state: "sent", count: 1 },
    ]);
  });

  it("is as far as what the desk has, of what was to leave", () => {
    expect(fraction(standing("sent", "waiting", "waiting", "excluded", "left_out"))).toEqual({
      sent: 1,
      all: 3,
    });
  });
});
