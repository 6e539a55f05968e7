import { useTranslation } from "react-i18next";
import { cx } from "@/shared/ui/cx";
import { Field } from "@/shared/ui/Field";
import { PERIODS } from "./period";
import style from "./Report.module.css";
import type { Asked } from "./ReportPage";

/** Of which days: today, 7, 30, 90, or one's own. */
export function Periods({ asked, onChange }: { asked: Asked; onChange: (part: Partial<Asked>) => void }) {
  const { t } = useTranslation();
  const { from, to, p } = asked;
  return (
    <div className={style.periods}>
      <fieldset className={style.segments}>
        <legend className="visually-hidden">{t("report.period.label")}</legend>
        {PERIODS.map((it) => (
          <button
            key={it}
            type="button"
            aria-pressed={p === it}
            className={cx(style.segment, p === it && style.on)}
            onClick={() => onChange(it === "own" ? { p: it, from, to } : { p: it })}
          >
            {t(`report.period.${it}`)}
          </button>
        ))}
      </fieldset>
      {p === "own" ? (
        <div className={style.days}>
          <Field
            type="date"
            label={t("report.from")}
            value={from}
            max={to}
            onChange={(event) => event.target.value && onChange({ p, from: event.target.value, to })}
          />
          <Field
            type="date"
            label={t("report.to")}
            value={to}
            min={from}
            onChange={(event) => event.target.value && onChange({ p, from, to: event.target.value })}
          />
        </div>
      ) : null}
    </div>
  );
}
