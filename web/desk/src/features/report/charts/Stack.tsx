import style from "./Charts.module.css";

export interface StackPart {
  key: "kept" | "late" | "broken";
  name: string;
  n: number;
}

/** One bar of a whole, cut into its parts. Each part has a pattern beside its colour, and its number stands in the text around. */
export function Stack({ parts, summary }: { parts: StackPart[]; summary: string }) {
  const sum = parts.reduce((all, it) => all + it.n, 0);
  let from = 0;
  return (
    <svg
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      className={style.stack}
      role="img"
      aria-label={summary}
    >
      <defs>
        <pattern id="hatch-late" width="2" height="10" patternUnits="userSpaceOnUse">
          <rect width="2" height="10" className={style.lateGround} />
          <rect width="1" height="10" className={style.hatch} />
        </pattern>
      </defs>
      {sum === 0 ? <rect width="100" height="10" className={style.nothing} /> : null}
      {parts.map((it) => {
        const width = sum === 0 ? 0 : (100 * it.n) / sum;
        const x = from;
        from += width;
        return (
          <rect
            key={it.key}
            x={x}
            y={0}
            width={Math.max(0, width - (from < 100 && width > 1 ? 0.4 : 0))}
            height={10}
            className={it.key === "late" ? undefined : style[it.key]}
            fill={it.key === "late" ? "url(#hatch-late)" : undefined}
          >
            <title>{`${it.name}: ${it.n}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}
