import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Incident, IncidentInput } from "@/shared/api/types";
import { useLabels } from "@/shared/session/useLabels";
import { fromLocal, toLocal } from "@/shared/time/local";
import { useZone } from "@/shared/time/zone";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Check, Field, Select, TextArea } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import { useKeepIncident } from "./api/incidents";
import style from "./Incidents.module.css";

interface IncidentDialogProps {
  incident?: Incident;
  onClose: () => void;
  onKept: (incident: Incident) => void;
}

/** What it is, how long it lasts, by what later ones are known, and what acknowledgements say. */
export function IncidentDialog({ incident, onClose, onKept }: IncidentDialogProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const labels = useLabels();
  const keep = useKeepIncident(incident);
  const [value, setValue] = useState<IncidentInput>(
    incident ?? { name: "", words: "", banner_fr: "", banner_en: "", hint: true },
  );
  const set = (part: Partial<IncidentInput>) => setValue((before) => ({ ...before, ...part }));
  const local = (at?: string | null) => (at ? toLocal(new Date(at), zone) : "");
  const reasons = (labels.data?.reasons ?? []).filter((it) => !it.archived || it.id === value.reason);
  const tags = (labels.data?.tags ?? []).filter((it) => !it.archived || it.id === value.tag);
  const submit = () => {
    const { name, begins_at, ends_at, tag, reason, words, banner_fr, banner_en, hint } = value;
    keep.mutate(
      { name, begins_at, ends_at, tag, reason, words, banner_fr, banner_en, hint },
      {
        onSuccess: (kept) => {
          onClose();
          onKept(kept);
        },
      },
    );
  };
  return (
    <Dialog open wide onClose={onClose} title={t(incident ? "incident.edit" : "incident.open")}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (value.name.trim()) submit();
        }}
      >
        <Field
          label={t("incident.name")}
          placeholder={t("incident.name_example")}
          value={value.name}
          maxLength={120}
          required
          onChange={(event) => set({ name: event.target.value })}
        />
        <div className={style.pair}>
          <Field
            type="datetime-local"
            label={t("incident.begins_at")}
            defaultValue={local(value.begins_at)}
            onChange={(event) =>
              set({ begins_at: fromLocal(event.target.value, zone)?.toISOString() ?? null })
            }
          />
          <Field
            type="datetime-local"
            label={t("incident.ends_at")}
            hint={t("incident.ends_at_hint")}
            defaultValue={local(value.ends_at)}
            onChange={(event) => set({ ends_at: fromLocal(event.target.value, zone)?.toISOString() ?? null })}
          />
        </div>
        <fieldset className={style.known}>
          <legend>{t("incident.known_by")}</legend>
          <Field
            label={t("incident.words")}
            hint={t("incident.words_hint")}
            value={value.words ?? ""}
            onChange={(event) => set({ words: event.target.value })}
          />
          <div className={style.pair}>
            <Select
              label={t("incident.tag")}
              value={value.tag ?? 0}
              onChange={(event) => set({ tag: Number(event.target.value) || null })}
            >
              <option value={0}>{t("incident.any")}</option>
              {tags.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
            <Select
              label={t("incident.reason")}
              value={value.reason ?? 0}
              onChange={(event) => set({ reason: Number(event.target.value) || null })}
            >
              <option value={0}>{t("incident.any")}</option>
              {reasons.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </div>
        </fieldset>
        <fieldset className={style.known}>
          <legend>{t("incident.banner")}</legend>
          <p className={style.meta}>{t("incident.banner_hint")}</p>
          <TextArea
            label={t("incident.banner_fr")}
            lang="fr"
            value={value.banner_fr ?? ""}
            onChange={(event) => set({ banner_fr: event.target.value })}
          />
          <TextArea
            label={t("incident.banner_en")}
            lang="en"
            value={value.banner_en ?? ""}
            onChange={(event) => set({ banner_en: event.target.value })}
          />
          <Check
            label={t("incident.hint")}
            checked={Boolean(value.hint)}
            onChange={(event) => set({ hint: event.target.checked })}
          />
        </fieldset>
        <ErrorLine error={keep.error} />
        <div className={style.acts}>
          <Button kind="primary" type="submit" busy={keep.isPending} disabled={!value.name.trim()}>
            {t(incident ? "settings.save" : "incident.open")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
