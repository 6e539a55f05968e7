import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { DAYS, type Day, type Hours, type Period } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Check, Field } from "@/shared/ui/Field";
import style from "./HoursEditor.module.css";
import { findFault, nextPeriod } from "./hours";
import { TimeInput } from "./TimeInput";

interface HoursEditorProps {
  value: Hours;
  onChange: (hours: Hours) => void;
  /** Only the week: of a person, whose days off are absences. */
  week?: boolean;
}

/** The week with several periods a day, and the days when the house is closed. */
export function HoursEditor({ value, onChange, week = false }: HoursEditorProps) {
  const { t } = useTranslation();
  const fault = findFault(value);
  const setDay = (day: Day, periods: Period[]) =>
    onChange({ ...value, week: { ...value.week, [day]: periods } });
  return (
    <div className={style.editor}>
      {week ? null : (
        <Check
          label={t("hours.always")}
          checked={value.always}
          onChange={(event) => onChange({ ...value, always: event.target.checked })}
        />
      )}
      {value.always ? null : (
        <ul className={style.week}>
          {DAYS.map((day) => (
            <DayLine
              key={day}
              day={day}
              periods={value.week[day] ?? []}
              onChange={(periods) => setDay(day, periods)}
            />
          ))}
        </ul>
      )}
      {fault ? (
        <p className={style.fault} role="alert">
          {t(`hours.fault.${fault.fault}`, { day: fault.day ? t(`hours.day.${fault.day}`) : "" })}
        </p>
      ) : null}
      {week ? null : <Closings value={value} onChange={onChange} />}
    </div>
  );
}

function DayLine({
  day,
  periods,
  onChange,
}: {
  day: Day;
  periods: Period[];
  onChange: (periods: Period[]) => void;
}) {
  const { t } = useTranslation();
  const name = t(`hours.day.${day}`);
  const set = (at: number, period: Period) => onChange(periods.map((it, n) => (n === at ? period : it)));
  return (
    <li className={style.day}>
      <span className={style.name}>{name}</span>
      <span className={style.periods}>
        {periods.length === 0 ? <span className={style.closed}>{t("hours.closed")}</span> : null}
        {periods.map(([from, to], n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: periods have no identity but their place
          <span key={n} className={style.period}>
            <TimeInput
              value={from}
              label={t("hours.from", { day: name, n: n + 1 })}
              onChange={(time) => set(n, [time, to])}
            />
            –
            <TimeInput
              end
              value={to}
              label={t("hours.to", { day: name, n: n + 1 })}
              onChange={(time) => set(n, [from, time])}
            />
            <button
              type="button"
              className={style.icon}
              aria-label={t("hours.remove", { day: name, n: n + 1 })}
              onClick={() => onChange(periods.filter((_, at) => at !== n))}
            >
              <X size={13} aria-hidden="true" />
            </button>
          </span>
        ))}
        <button
          type="button"
          className={style.icon}
          aria-label={t("hours.add", { day: name })}
          title={t("hours.add", { day: name })}
          onClick={() => onChange([...periods, nextPeriod(periods)])}
        >
          <Plus size={14} aria-hidden="true" />
        </button>
      </span>
    </li>
  );
}

function Closings({ value, onChange }: HoursEditorProps) {
  const { t } = useTranslation();
  const set = (at: number, part: Partial<Hours["closed"][number]>) =>
    onChange({ ...value, closed: value.closed.map((it, n) => (n === at ? { ...it, ...part } : it)) });
  return (
    <fieldset className={style.closings}>
      <legend>{t("hours.closings")}</legend>
      {value.closed.map(({ first, last, text }, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: closings have no identity but their place
        <div key={n} className={style.closing}>
          <Field
            type="date"
            label={t("hours.first")}
            value={first}
            onChange={(event) => set(n, { first: event.target.value, last: last || event.target.value })}
          />
          <Field
            type="date"
            label={t("hours.last")}
            min={first}
            value={last}
            onChange={(event) => set(n, { last: event.target.value })}
          />
          <Field
            label={t("hours.text")}
            value={text}
            placeholder={t("hours.text_example")}
            onChange={(event) => set(n, { text: event.target.value })}
          />
          <button
            type="button"
            className={style.icon}
            aria-label={t("hours.closing_remove")}
            onClick={() => onChange({ ...value, closed: value.closed.filter((_, at) => at !== n) })}
          >
            <X size={14} aria-hidden="true" />
          </button>
        </div>
      ))}
      <Button
        kind="ghost"
        onClick={() => onChange({ ...value, closed: [...value.closed, { first: "", last: "", text: "" }] })}
      >
        <Plus size={14} aria-hidden="true" /> {t("hours.closing_add")}
      </Button>
    </fieldset>
  );
}
