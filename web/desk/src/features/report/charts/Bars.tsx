import style from "./Charts.module.css";

export interface BarSeries {
  key: string;
  name: string;
  values: number[];
  /** How it is drawn, besides its colour: filled, or in outline. */
  look: "solid" | "outline";
}

interface BarsProps {
  labels: string[];
  series: BarSeries[];
  /** What the whole picture says, for readers. */
  summary: string;
  end: number;
  shown: (n: number) => string;
}

const HEIGHT = 100;

/** Bars side by side for each label. Text stands around the picture, so that it can stretch. */
export function Bars({ labels, series, summary, end, shown }: BarsProps) {
  const group = 10;
  const width = labels.length * group;
  const bar = (group - 3) / series.length;
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
        {labels.map((label, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: labels may repeat, their place doesn't
          <g key={at}>
            <title>
              {[label, ...series.map((it) => `${it.name}: ${shown(it.values[at] ?? 0)}`)].join("\n")}
            </title>
            <rect x={at * group} y={0} width={group} height={HEIGHT} className={style.hit} />
            {series.map((it, n) => {
              const height = (HEIGHT * (it.values[at] ?? 0)) / end;
              return (
                <rect
                  key={it.key}
                  x={at * group + 1.5 + n * bar}
                  y={HEIGHT - height}
                  width={bar * 0.9}
                  height={height}
                  className={it.look === "solid" ? style.solid : style.outline}
                />
              );
            })}
          </g>
        ))}
      </svg>
    </Frame>
  );
}

export function Grid({ width }: { width: number }) {
  return (
    <>
      {[0, HEIGHT / 2, HEIGHT].map((y) => (
        <line key={y} x1={0} x2={width} y1={y} y2={y} className={style.grid} />
      ))}
    </>
  );
}

interface FrameProps {
  end: string;
  middle: string;
  labels: string[];
  children: React.ReactNode;
}

/** The scale on the left, a few of the labels below. */
export function Frame({ end, middle, labels, children }: FrameProps) {
  return (
    <div className={style.frame}>
      <div className={style.scale} aria-hidden="true">
        <span>{end}</span>
        <span>{middle}</span>
        <span>0</span>
      </div>
      <div className={style.plot}>{children}</div>
      <div className={style.labels} aria-hidden="true">
        {few(labels).map(({ label, at }) => (
          <span key={at} style={{ left: `${((at + 0.5) / labels.length) * 100}%` }}>
            {label}
          </span>
        ))}
      </div>
    </div>
  );
}

/** At most seven labels, evenly. */
function few(labels: string[]): { label: string; at: number }[] {
  const step = Math.max(1, Math.ceil(labels.length / 7));
  return labels.map((label, at) => ({ label, at })).filter(({ at }) => at % step === 0);
}

/** Which look means what. */
export function Legend({
  items,
}: {
  items: { name: string; look: "solid" | "outline" | "line" | "dashes" }[];
}) {
  return (
    <ul className={style.legend}>
      {items.map((it) => (
        <li key={it.name}>
          <svg viewBox="0 0 18 10" className={style.swatch} aria-hidden="true">
            {it.look === "solid" || it.look === "outline" ? (
              <rect
                x="1"
                y="1"
                width="16"
                height="8"
                className={it.look === "solid" ? style.solid : style.outline}
              />
            ) : (
              <line x1="0" x2="18" y1="5" y2="5" className={it.look === "line" ? style.line : style.dashes} />
            )}
          </svg>
          {it.name}
        </li>
      ))}
    </ul>
  );
}
