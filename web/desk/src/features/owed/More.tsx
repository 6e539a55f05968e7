import { useEffect, useRef } from "react";
import { Button } from "@/shared/ui/Button";
import style from "./OwedList.module.css";

interface MoreProps {
  busy: boolean;
  words: string;
  /** Whether it reads on when its end comes into sight; a costly search waits for a press. */
  byItself: boolean;
  onMore: () => void;
}

/** Reads on when its end comes into sight; a button for whoever comes by keyboard. */
export function More({ busy, words, byItself, onMore }: MoreProps) {
  const end = useRef<HTMLDivElement>(null);
  const read = useRef(onMore);
  read.current = onMore;
  useEffect(() => {
    if (busy || !byItself || !end.current || typeof IntersectionObserver === "undefined") return;
    const watch = new IntersectionObserver((seen) => seen.some((it) => it.isIntersecting) && read.current(), {
      rootMargin: "400px",
    });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [busy, byItself]);
  return (
    <div ref={end} className={style.more}>
      <Button kind="ghost" busy={busy} onClick={onMore}>
        {words}
      </Button>
    </div>
  );
}
