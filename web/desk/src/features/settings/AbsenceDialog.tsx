import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field, Select } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import { useAbsence } from "./api/people";
import style from "./Settings.module.css";

/** No promise belongs to somebody absent: what is owed meanwhile is the substitute's. */
export function AbsenceDialog({
  person,
  people,
  onClose,
}: {
  person: Person;
  people: Person[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState(today);
  const [substitute, setSubstitute] = useState<number | null>(people[0]?.id ?? null);
  const absence = useAbsence(person.id);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("settings.people.absence_of", { name: person.name })}
      intro={t("settings.people.absence_intro")}
    >
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          absence.mutate({ from, to, substitute }, { onSuccess: onClose });
        }}
      >
        <div className={style.pair}>
          <Field
            type="date"
            label={t("hours.first")}
            value={from}
            onChange={(event) => setFrom(event.target.value)}
            required
          />
          <Field
            type="date"
            label={t("hours.last")}
            min={from}
            value={to}
            onChange={(event) => setTo(event.target.value)}
            required
          />
        </div>
        <Select
          label={t("settings.people.substitute")}
          value={substitute ?? ""}
          onChange={(event) => setSubstitute(event.target.value ? Number(event.target.value) : null)}
        >
          <option value="">{t("settings.people.substitute_lead")}</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <ErrorLine error={absence.error} />
        <div className={style.save}>
          <Button kind="primary" type="submit" busy={absence.isPending}>
            {t("settings.save")}
          </Button>
          {person.absent_until ? (
            <Button busy={absence.isPending} onClick={() => absence.mutate(null, { onSuccess: onClose })}>
              {t("settings.people.back")}
            </Button>
          ) : null}
        </div>
      </form>
    </Dialog>
  );
}
