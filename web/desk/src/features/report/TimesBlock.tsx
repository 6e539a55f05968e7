import { useState } from "react";
import { useTranslation } from "react-i18next";
import { cx } from "@/shared/ui/cx";
import { csv } from "./api/report";
import type { PartProps } from "./Blocks";
import { Legend } from "./charts/Bars";
import { Lines } from "./charts/Lines";
import { dayLabel, number, shortDay, span, spanEnd } from "./format";
import { PartBlock } from "./PartBlock";
import style from "./Report.module.css";

/** Answer times day by day. */
export function TimesBlock({ figures, asked, arranging }: PartProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const [clock, setClock] = useState(false);
  const { days, total } = figures;
  const pairs = days.map((it) => (clock ? it.times.clock : it.times.open));
  const shown = (seconds: number) => span(seconds, language);
  const cell = (seconds: number | null) => (seconds === null ? "–" : shown(seconds));
  const end = spanEnd(Math.max(600, ...pairs.map((it) => it.p90 ?? 0)));
  const all = clock ? total.times.clock : total.times.open;
  const names = { median: t("report.median"), p90: t("report.p90") };
  return (
    <PartBlock
      name="times"
      title={t("report.block.times")}
      empty={total.times.sample === 0 ? t("report.times.none") : undefined}
      note={`${t("report.sample", { count: total.times.sample })} · ${t("report.times.error")}`}
      csv={csv("times", asked)}
      arranging={arranging}
      table={{
        head: [
          t("report.day"),
          t("report.answers"),
          t("report.times.median_open"),
          t("report.times.p90_open"),
          t("report.times.median_clock"),
          t("report.times.p90_clock"),
        ],
        rows: days.map((it) => [
          dayLabel(it.day, language),
          number(it.times.sample, language),
          cell(it.times.open.median),
          cell(it.times.open.p90),
          cell(it.times.clock.median),
          cell(it.times.clock.p90),
        ]),
      }}
    >
      <fieldset className={style.small}>
        <legend className="visually-hidden">{t("report.key.measure")}</legend>
        {[false, true].map((it) => (
          <button
            key={String(it)}
            type="button"
            aria-pressed={clock === it}
            className={cx(style.segment, clock === it && style.on)}
            onClick={() => setClock(it)}
          >
            {t(it ? "report.on_clock" : "report.in_open")}
          </button>
        ))}
      </fieldset>
      <Lines
        labels={days.map((it) => shortDay(it.day, language))}
        end={end}
        shown={shown}
        summary={t("report.times.summary", { median: cell(all.median), p90: cell(all.p90) })}
        series={[
          { key: "median", name: names.median, look: "line", values: pairs.map((it) => it.median) },
          { key: "p90", name: names.p90, look: "dashes", values: pairs.map((it) => it.p90) },
        ]}
      />
      <Legend
        items={[
          { name: names.median, look: "line" },
          { name: names.p90, look: "dashes" },
        ]}
      />
    </PartBlock>
  );
}
