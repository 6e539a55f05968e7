import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { patch } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Me } from "@/shared/api/types";

export const STEPS = ["open", "answer", "slash", "guard", "send", "kept"] as const;
export type Step = (typeof STEPS)[number];
/** Asked whether one wants it, at a step, or over. */
export type Tour = "offer" | Step | "over";

export interface TourControl {
  at: Tour;
  go: (to: Tour, over?: "done" | "skipped") => void;
  start: () => void;
}

/** Where a person is in the tour of the demo shop; the server remembers it, so that every device knows. */
export function useTour(me: Me | undefined): TourControl {
  const queries = useQueryClient();
  const [moved, setMoved] = useState<Tour | null>(null);
  const at = moved ?? (me?.shop.demo ? read(me.person.tour) : "over");
  const go = useCallback(
    (to: Tour, over: "done" | "skipped" = "skipped") => {
      setMoved(to);
      const tour = to === "over" ? over : to === "offer" ? "" : String(STEPS.indexOf(to) + 1);
      // Lost without a network: the tour goes on all the same.
      void patch<Me>("/me", { tour })
        .then((next) => queries.setQueryData(keys.session, next))
        .catch(() => {});
    },
    [queries],
  );
  return { at, go, start: () => go("open") };
}

export function read(tour: string | undefined): Tour {
  if (!tour) return "offer";
  return STEPS[Number(tour) - 1] ?? "over";
}
