import { useTranslation } from "react-i18next";
import type { Delay, Hours } from "@/shared/api/types";
import { Field, Select } from "@/shared/ui/Field";
import { Banner } from "@/shared/ui/States";
import { passesTwoDays } from "./hours";
import style from "./Pair.module.css";

const KINDS: Delay["kind"][] = ["open_days", "open_hours", "clock_hours"];

interface DelayFieldProps {
  value: Delay;
  hours: Hours;
  onChange: (delay: Delay) => void;
}

/** What the shop promises its customers; said when it may leave somebody waiting for more than two days. */
export function DelayField({ value, hours, onChange }: DelayFieldProps) {
  const { t } = useTranslation();
  return (
    <div className={style.stack}>
      <div className={style.pair}>
        <Field
          type="number"
          label={t("delay.n")}
          min={1}
          max={240}
          value={value.n}
          onChange={(event) =>
            onChange({ ...value, n: Math.max(1, Math.round(Number(event.target.value) || 1)) })
          }
        />
        <Select
          label={t("delay.kind")}
          value={value.kind}
          onChange={(event) =>
            onChange({ ...value, kind: KINDS.find((it) => it === event.target.value) ?? value.kind })
          }
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`delay.kinds.${kind}`)}
            </option>
          ))}
        </Select>
      </div>
      {passesTwoDays(hours, value) ? (
        <Banner>{t("delay.warning")}</Banner>
      ) : (
        <p className={style.hint}>{t("delay.hint")}</p>
      )}
    </div>
  );
}
