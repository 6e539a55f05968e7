import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Figures, PeriodFigures } from "@/shared/api/types";
import { cx } from "@/shared/ui/cx";
import { number, percent, shortDay, span } from "./format";
import style from "./Report.module.css";
import type { Asked } from "./ReportPage";

/** The share kept first, then how long people waited; each beside the period before. */
export function KeyFigures({ figures, asked }: { figures: Figures; asked: Asked }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const [clock, setClock] = useState(false);
  const { total, before } = figures;
  const wait = (it: PeriodFigures) => (clock ? it.times.clock : it.times.open);
  const decided = (it: PeriodFigures) => it.promises.kept + it.promises.broken;
  const n = (value: number) => number(value, language);
  const days = {
    from: shortDay(figures.before_from, language),
    to: shortDay(figures.before_to, language),
  };
  const earlier = (value: string | null) =>
    value === null ? t("report.key.nothing_before") : t("report.key.before", { value });
  const spoken = (seconds: number | null | undefined) =>
    seconds === null || seconds === undefined ? null : span(seconds, language);
  const shared = (share: number | null) => (share === null ? null : percent(share, language));
  return (
    <section className={style.keys} aria-label={t("report.key.label")}>
      {asked.person ? null : (
        <Key
          first
          name={t("report.key.kept")}
          value={shared(total.promises.share) ?? "–"}
          note={
            decided(total)
              ? t("report.key.kept_of", { kept: n(total.promises.kept), count: decided(total) })
              : t("report.key.none_decided")
          }
          before={earlier(shared(before.promises.share))}
        />
      )}
      <Key
        name={t("report.key.median")}
        value={spoken(wait(total).median) ?? "–"}
        note={t("report.sample", { count: total.times.sample })}
        before={earlier(spoken(wait(before).median))}
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
      </Key>
      <Key
        name={t("report.key.p90")}
        value={spoken(wait(total).p90) ?? "–"}
        note={t("report.key.p90_words")}
        before={earlier(spoken(wait(before).p90))}
      />
      <Key
        name={t("report.key.answered")}
        value={n(total.answered)}
        note={
          asked.person
            ? undefined
            : t("report.key.arrived", { count: total.arrived, shown: n(total.arrived) })
        }
        before={earlier(n(before.answered))}
      />
      <p className={cx(style.note, style.wide)}>
        {days.from === days.to ? t("report.key.day_before", { to: days.to }) : t("report.key.compared", days)}
      </p>
    </section>
  );
}

interface KeyProps {
  name: string;
  value: string;
  note?: string;
  before: string;
  first?: boolean;
  children?: ReactNode;
}

function Key({ name, value, note, before, first, children }: KeyProps) {
  return (
    <div className={cx(style.key, first && style.first)}>
      <h2 className={style.keyName}>{name}</h2>
      <p className={cx(style.keyValue, "num")}>{value}</p>
      {children}
      {note ? <p className={style.keyNote}>{note}</p> : null}
      <p className={style.keyNote}>{before}</p>
    </div>
  );
}
