import { type ComponentType, createElement, lazy, type ReactNode, useState } from "react";
import { withWords } from "./i18n";

/*
 * What isn't needed to show the first page. Promises: nothing is fetched by
 * itself before the page says that its list is painted; then one thing at a
 * time, while the browser is idle, so that the first click waits for nothing.
 */

type Load = () => Promise<unknown>;

const waiting: Load[] = [];
let open = false;
let busy = false;

/** Fetched ahead when the browser is idle; failing is no harm, it is fetched again when it is asked for. first: before all that is known so far. */
export function ahead(load: Load, first = false): void {
  if (first) waiting.unshift(load);
  else waiting.push(load);
  if (open) goOn();
}

/** What one came for is drawn, and in the next frame on the screen. */
export function painted(): void {
  if (open) return;
  open = true;
  busy = true;
  requestAnimationFrame(() => {
    busy = false;
    goOn();
  });
}

function goOn(): void {
  const next = busy ? undefined : waiting.shift();
  if (!next) return;
  busy = true;
  whenIdle(() => {
    const over = () => {
      busy = false;
      goOn();
    };
    next().then(over, over);
  });
}

// Safari has no idle callback.
function whenIdle(run: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(run, { timeout: 2000 });
  else setTimeout(run, 200);
}

/** A component whose code and words are fetched when it is first drawn, or ahead of that. It stands under a Suspense. */
export function later<Name extends string, Props extends object>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): (props: Props) => ReactNode {
  let there: ComponentType<Props> | undefined;
  const whole = async () => {
    there = (await withWords(load()))[name];
    return { default: there };
  };
  const Fetched = lazy(whole) as unknown as ComponentType<Props>;
  ahead(whole);
  // biome-ignore lint/correctness/noComponentHookFactories: made once, where a module begins
  return function Later(props: Props) {
    // What is there already is drawn at once: React holds back for 300 ms what comes after a fallback.
    const [It] = useState(() => there ?? Fetched);
    return createElement(It, props);
  };
}
