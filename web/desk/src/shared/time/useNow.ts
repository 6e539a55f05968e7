import { useSyncExternalStore } from "react";

// One timer for every clock on the screen: they turn together, and a hidden tab does not tick.
let now = new Date();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function tick() {
  now = new Date();
  for (const listener of listeners) listener();
}

function onVisible() {
  if (!document.hidden) tick();
}

function subscribe(listener: () => void) {
  if (listeners.size === 0) {
    now = new Date();
    timer = setInterval(() => !document.hidden && tick(), 15_000);
    document.addEventListener("visibilitychange", onVisible);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisible);
    }
  };
}

/** The current time, renewed every fifteen seconds and when the tab comes back. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now);
}
