import { useTranslation } from "react-i18next";
import { csv } from "./api/report";
import type { PartProps } from "./Blocks";
import { Bars, Legend } from "./charts/Bars";
import { Lines } from "./charts/Lines";
import { axisEnd, dayLabel, hourLabel, number, shortDay } from "./format";
import { PartBlock } from "./PartBlock";

/** What came in and what was answered, day by day. */
export function VolumeBlock({ figures, asked, arranging }: PartProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const { days, total } = figures;
  const n = (value: number) => number(value, language);
  const names = { arrived: t("report.arrived"), answered: t("report.answered") };
  return (
    <PartBlock
      name="volume"
      title={t("report.block.volume")}
      empty={total.arrived + total.answered === 0 ? t("report.volume.none") : undefined}
      note={t("report.volume.note", { asked: n(total.asked) })}
      csv={csv("volume", asked)}
      arranging={arranging}
      table={{
        head: [t("report.day"), t("report.asked"), names.arrived, names.answered],
        rows: days.map((it) => [dayLabel(it.day, language), n(it.asked), n(it.arrived), n(it.answered)]),
      }}
    >
      <Bars
        labels={days.map((it) => shortDay(it.day, language))}
        end={axisEnd(Math.max(...days.map((it) => Math.max(it.arrived, it.answered))))}
        shown={n}
        summary={t("report.volume.summary", { arrived: n(total.arrived), answered: n(total.answered) })}
        series={[
          { key: "arrived", name: names.arrived, look: "outline", values: days.map((it) => it.arrived) },
          { key: "answered", name: names.answered, look: "solid", values: days.map((it) => it.answered) },
        ]}
      />
      <Legend
        items={[
          { name: names.arrived, look: "outline" },
          { name: names.answered, look: "solid" },
        ]}
      />
    </PartBlock>
  );
}

/** At which hours of the day. */
export function HoursBlock({ figures, asked, arranging }: PartProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const { hours, total } = figures;
  const n = (value: number) => number(value, language);
  const names = { arrived: t("report.arrived"), answered: t("report.answered") };
  const busiest = hours.reduce((most, it) => (it.arrived > most.arrived ? it : most), {
    hour: 0,
    arrived: 0,
    answered: 0,
  });
  return (
    <PartBlock
      name="hours"
      title={t("report.block.hours")}
      empty={total.arrived + total.answered === 0 ? t("report.volume.none") : undefined}
      note={t("report.hours.note", { count: total.arrived, shown: n(total.arrived) })}
      csv={csv("hours", asked)}
      arranging={arranging}
      table={{
        head: [t("report.hour"), names.arrived, names.answered],
        rows: hours.map((it) => [hourLabel(it.hour, language), n(it.arrived), n(it.answered)]),
      }}
    >
      <Bars
        labels={hours.map((it) => hourLabel(it.hour, language))}
        end={axisEnd(Math.max(...hours.map((it) => Math.max(it.arrived, it.answered))))}
        shown={n}
        summary={t("report.hours.summary", {
          hour: hourLabel(busiest.hour, language),
          arrived: n(busiest.arrived),
        })}
        series={[
          { key: "arrived", name: names.arrived, look: "outline", values: hours.map((it) => it.arrived) },
          { key: "answered", name: names.answered, look: "solid", values: hours.map((it) => it.answered) },
        ]}
      />
      <Legend
        items={[
          { name: names.arrived, look: "outline" },
          { name: names.answered, look: "solid" },
        ]}
      />
    </PartBlock>
  );
}

/** What stood open. */
export function BacklogBlock({ figures, asked, arranging }: PartProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const list = figures.backlog;
  const n = (value: number) => number(value, language);
  const label = (it: (typeof list)[number], long: boolean) => {
    const day = long ? dayLabel(it.day, language) : shortDay(it.day, language);
    if (typeof it.hour !== "number") return day;
    return long ? `${day} ${hourLabel(it.hour + 1, language)}` : hourLabel(it.hour + 1, language);
  };
  const last = list.at(-1);
  return (
    <PartBlock
      name="backlog"
      title={t("report.block.backlog")}
      empty={list.every((it) => it.open === 0) ? t("report.backlog.none") : undefined}
      note={t("report.backlog.note")}
      csv={csv("backlog", asked)}
      arranging={arranging}
      table={{
        head: [t("report.when"), t("report.open")],
        rows: list.map((it) => [label(it, true), n(it.open)]),
      }}
    >
      <Lines
        area
        labels={list.map((it) => label(it, false))}
        end={axisEnd(Math.max(...list.map((it) => it.open)))}
        shown={n}
        summary={t("report.backlog.summary", { first: n(list[0]?.open ?? 0), last: n(last?.open ?? 0) })}
        series={[{ key: "open", name: t("report.open"), look: "line", values: list.map((it) => it.open) }]}
      />
    </PartBlock>
  );
}
