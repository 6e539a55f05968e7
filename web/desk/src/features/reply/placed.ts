import type { CSSProperties } from "react";

/** Beside a place in the text, where there is room: above in the lower half of the screen. */
export function placed({ left, top, bottom }: { left: number; top: number; bottom: number }): CSSProperties {
  const width = Math.min(460, window.innerWidth - 16);
  const x = Math.max(8, Math.min(left, window.innerWidth - width - 8));
  return top > window.innerHeight / 2
    ? { left: x, width, bottom: window.innerHeight - top + 6 }
    : { left: x, width, top: bottom + 6 };
}
