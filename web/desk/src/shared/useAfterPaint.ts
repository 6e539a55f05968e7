import { useEffect, useState } from "react";

/**
 * False until what was drawn with it stands on the screen, and then for `rest`
 * milliseconds more: what costs much and is not what one came for waits for it.
 */
export function useAfterPaint(rest = 0): boolean {
  const [after, setAfter] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setAfter(true), rest);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [rest]);
  return after;
}
