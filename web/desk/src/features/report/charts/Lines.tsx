import { Frame, Grid } from "./Bars";
import style from "./Charts.module.css";

export interface LineSeries {
  key: string;
  name: string;
  /** null where nothing is known: the line breaks. */
  values: (number | null)[];
  look: "line" | "dashes";
}

interface LinesProps {
  labels: string[];
  series: LineSeries[];
  summary: string;
  end: number;
  shown: (n: number) => string;
  area?: boolean;
}

const HEIGHT = 100;
const STEP = 10;

/** Lines over labels; a value between two gaps is a dash of its own. */
export function Lines({ labels, series, summary, end, shown, area }: LinesProps) {
  const width = labels.length * STEP;
  const x = (at: number) => at * STEP + STEP / 2;
  const y = (value: number) => HEIGHT - (HEIGHT * Math.min(value, end)) / end;
  return (
    <Frame end={shown(end)} middle={shown(end / 2)} labels={labels}>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        className={style.svg}
        role="img"
        aria-label={summary}
      >
        <Grid width={width} />
        {series.map((it) => (
          <g key={it.key}>
            {runs(it.values).map((run) => {
              const points = run.map(({ at, value }) => `${x(at)},${y(value)}`);
              const [first] = run;
              const last = run.at(-1);
              if (!first || !last) return null;
              if (run.length === 1) {
                return (
                  <line
                    key={first.at}
                    x1={x(first.at) - 3}
                    x2={x(first.at) + 3}
                    y1={y(first.value)}
                    y2={y(first.value)}
                    className={it.look === "line" ? style.line : style.dashes}
                  />
                );
              }
              return (
                <g key={first.at}>
                  {area ? (
                    <polygon
                      points={`${x(first.at)},${HEIGHT} ${points.join(" ")} ${x(last.at)},${HEIGHT}`}
                      className={style.area}
                    />
                  ) : null}
                  <polyline
                    points={points.join(" ")}
                    className={it.look === "line" ? style.line : style.dashes}
                  />
                </g>
              );
            })}
          </g>
        ))}
        {labels.map((label, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: labels may repeat, their place doesn't
          <rect key={at} x={at * STEP} y={0} width={STEP} height={HEIGHT} className={style.hit}>
            <title>
              {[label, ...series.map((it) => `${it.name}: ${said(it.values[at], shown)}`)].join("\n")}
            </title>
          </rect>
        ))}
      </svg>
    </Frame>
  );
}

function said(value: number | null | undefined, shown: (n: number) => string): string {
  return value === null || value === undefined ? "–" : shown(value);
}

/** The stretches without a gap. */
function runs(values: (number | null)[]): { at: number; value: number }[][] {
  const out: { at: number; value: number }[][] = [];
  let open: { at: number; value: number }[] | null = null;
  values.forEach((value, at) => {
    if (value === null) {
      open = null;
      return;
    }
    if (!open) {
      open = [];
      out.push(open);
    }
    open.push({ at, value });
  });
  return out;
}
