import { useRef, useState } from "react";

/** Which rows of a list are chosen: one by one, a stretch by shift, or the list as a whole. */
export function useSelection(order: readonly number[]) {
  const [on, setOn] = useState(false);
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  // All of the list, beyond what is on the screen, as it was when this was read.
  const [all, setAll] = useState<string | null>(null);
  const anchor = useRef<number | null>(null);

  const toggle = (id: number, stretch = false) => {
    // Read now: by the time the change is made, the anchor is this row.
    const from = anchor.current === null ? -1 : order.indexOf(anchor.current);
    setOn(true);
    setAll(null);
    setIds((before) => {
      const after = new Set(before);
      const to = order.indexOf(id);
      if (stretch && from >= 0 && to >= 0) {
        for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) after.add(one);
      } else if (!after.delete(id)) {
        after.add(id);
      }
      return after;
    });
    anchor.current = id;
  };
  const clear = () => {
    setOn(false);
    setAll(null);
    setIds(new Set());
    anchor.current = null;
  };
  return {
    on,
    ids,
    all,
    toggle,
    clear,
    start: () => setOn(true),
    chooseShown: () => setIds(new Set(order)),
    chooseAll: () => setAll(new Date().toISOString()),
  };
}

export type Selection = ReturnType<typeof useSelection>;
