import { useTranslation } from "react-i18next";
import { Check, Field } from "@/shared/ui/Field";
import style from "./Pair.module.css";

/** From when on the mail of this box is owed an answer: older mail is history. */
export function OwedSince({ value, onChange }: { value: string; onChange: (since: string) => void }) {
  const { t } = useTranslation();
  const now = value === "now" || value === "";
  return (
    <fieldset className={style.group}>
      <legend>{t("since.title")}</legend>
      <Check
        radio
        name="owed-since"
        label={t("since.now")}
        hint={t("since.now_hint")}
        checked={now}
        onChange={() => onChange("now")}
      />
      <Check
        radio
        name="owed-since"
        label={t("since.date")}
        checked={!now}
        onChange={() => onChange(new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10))}
      />
      {now ? null : (
        <Field
          type="date"
          quiet
          label={t("since.date")}
          value={value}
          max={new Date().toISOString().slice(0, 10)}
          onChange={(event) => onChange(event.target.value)}
          hint={t("since.date_hint")}
        />
      )}
    </fieldset>
  );
}
