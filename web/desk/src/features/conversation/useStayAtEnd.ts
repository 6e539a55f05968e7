import { type RefObject, useEffect } from "react";

/**
 * The newest words are what one came for: the box opens at its end, goes there
 * for a new message, and stays there while the composer beside it grows, unless
 * the person has scrolled up to read.
 */
export function useStayAtEnd(box: RefObject<HTMLElement | null>, newest: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message moves the view too
  useEffect(() => {
    const it = box.current;
    if (!it) return;
    let atEnd = true;
    let seen = "";
    const size = () => `${it.clientHeight} ${it.scrollHeight}`;
    const toEnd = () => {
      if (atEnd) it.scrollTop = it.scrollHeight;
      seen = size();
    };
    const note = () => {
      // Our own scroll is told late: by then the composer may have grown, and
      // the distance to the end says nothing of what the person did.
      if (size() !== seen) return;
      atEnd = it.scrollHeight - it.scrollTop - it.clientHeight < 40;
    };
    toEnd();
    it.addEventListener("scroll", note, { passive: true });
    const sizes = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(toEnd);
    sizes?.observe(it);
    for (const child of it.children) sizes?.observe(child);
    const comers = new MutationObserver(() => {
      for (const child of it.children) sizes?.observe(child);
      toEnd();
    });
    comers.observe(it, { childList: true });
    return () => {
      comers.disconnect();
      it.removeEventListener("scroll", note);
      sizes?.disconnect();
    };
  }, [box, newest]);
}
