import { memo, useEffect, useMemo, useRef, useState } from "react";
import type { Row, View } from "@/shared/api/types";
import { useAfterPaint } from "@/shared/useAfterPaint";
import { ListRow } from "./ListRow";
import type { Selection } from "./useSelection";

interface RowsProps {
  rows: readonly Row[];
  view: View;
  open: number | null;
  /** Those that were announced and asked for. */
  called: readonly number[];
  selection: Selection;
}

/** A list of the first pages is there whole: the browser's own search finds in it. */
const WHOLE = 100;
/** Rows in one block: enough for half a screen. */
const BLOCK = 20;
/** A block whose height nobody has seen yet. */
const USUAL = 82;
/** How far beyond the sight rows are made, so that none is missed while scrolling. */
const AHEAD = "900px 0px";

/** The rows of a list. Of thousands only the blocks in sight are there: each row costs at every click. */
export function Rows({ rows, view, open, called, selection }: RowsProps) {
  const blocks = useMemo(() => {
    const out: (readonly Row[])[] = [];
    for (let at = 0; at < rows.length; at += BLOCK) out.push(rows.slice(at, at + BLOCK));
    return out;
  }, [rows]);
  const painted = useAfterPaint(50);
  const toggle = useRef(selection.toggle);
  toggle.current = selection.toggle;
  const onChoose = useMemo(() => (id: number, stretch?: boolean) => toggle.current(id, stretch), []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: blocks stand between the list and its rows
    <div role="list">
      {blocks.map((block, at) => {
        const ids = block.map(({ id }) => id);
        return (
          <Block
            // biome-ignore lint/suspicious/noArrayIndexKey: a block is its place in the list
            key={at}
            rows={block}
            view={view}
            open={open !== null && ids.includes(open) ? open : null}
            called={called.some((id) => ids.includes(id)) ? called : NONE}
            chosen={selection.on ? (selection.all === null ? selection.ids : ALL) : null}
            onChoose={onChoose}
            whole={painted && rows.length <= WHOLE}
            early={at === 0}
          />
        );
      })}
    </div>
  );
}

const NONE: readonly number[] = [];
const ALL = { has: () => true };

interface BlockProps {
  rows: readonly Row[];
  view: View;
  open: number | null;
  called: readonly number[];
  chosen: { has: (id: number) => boolean } | null;
  onChoose: (id: number, stretch?: boolean) => void;
  whole: boolean;
  early: boolean;
}

const Block = memo(function Block({ rows, view, open, called, chosen, onChoose, whole, early }: BlockProps) {
  const self = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  const watched = !whole && typeof IntersectionObserver !== "undefined";
  const [inSight, setInSight] = useState(early);
  const near = inSight || !watched;
  useEffect(() => {
    const block = self.current;
    if (!block || !watched) return;
    const watch = new IntersectionObserver(
      ([seen]) => {
        if (!seen) return;
        if (!seen.isIntersecting) {
          if (block.contains(document.activeElement)) return; // the focus must not fall off a row
          height.current = seen.boundingClientRect.height;
        }
        setInSight(seen.isIntersecting);
      },
      { root: block.closest("[data-scroll]"), rootMargin: AHEAD },
    );
    watch.observe(block);
    return () => watch.disconnect();
  }, [watched]);
  // What is open or was called in is gone to, wherever it stands.
  if (!near && open === null && called.length === 0) {
    return <div ref={self} style={{ height: height.current || rows.length * USUAL }} />;
  }
  return (
    <div ref={self}>
      {rows.map((row) => (
        <ListRow
          key={row.id}
          row={row}
          view={view}
          open={row.id === open}
          called={called.includes(row.id)}
          first={row.id === called[0]}
          chosen={chosen ? chosen.has(row.id) : null}
          onChoose={onChoose}
        />
      ))}
    </div>
  );
});
