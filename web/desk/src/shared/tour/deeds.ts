import { useEffect, useRef } from "react";

/** What the tour of the first day waits for: a feature says it, and knows of no tour. */
export type Deed = "answering" | "inserted" | "stopped" | "sent";

const listeners = new Set<(deed: Deed) => void>();

export function did(deed: Deed): void {
  for (const listener of listeners) listener(deed);
}

export function useDeeds(onDeed: (deed: Deed) => void): void {
  const current = useRef(onDeed);
  current.current = onDeed;
  useEffect(() => {
    const listener = (deed: Deed) => current.current(deed);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, []);
}
