import type { Marked as Text } from "@/shared/api/types";
import style from "./Marked.module.css";

/** Text with its hits marked. It is text: what looks like a tag is shown as one reads it. */
export function Marked({ it }: { it: Text }) {
  const parts: { text: string; from: number; hit: boolean }[] = [];
  let at = 0;
  for (const [from, to] of it.hits as unknown as [number, number][]) {
    if (from > at) parts.push({ text: it.text.slice(at, from), from: at, hit: false });
    parts.push({ text: it.text.slice(from, to), from, hit: true });
    at = to;
  }
  parts.push({ text: it.text.slice(at), from: at, hit: false });
  return parts.map(({ text, from, hit }) =>
    hit ? (
      <mark key={from} className={style.hit}>
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
