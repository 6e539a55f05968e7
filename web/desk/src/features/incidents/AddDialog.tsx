import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { View } from "@/shared/api/types";
import { useDone } from "@/shared/api/useUndo";
import { type From, useGather } from "@/shared/incident/useIncidents";
import { useViews } from "@/shared/session/useViews";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field, Select } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import style from "./Incidents.module.css";

/** Adds what a search finds, or all of a list; single ones are added from the list itself. */
export function AddDialog({ incident, onClose }: { incident: number; onClose: () => void }) {
  const { t } = useTranslation();
  const done = useDone();
  const beside = useViews();
  const gather = useGather();
  const [words, setWords] = useState("");
  const [view, setView] = useState("");
  const add = (from: From) =>
    gather.mutate(
      { incident, from },
      {
        onSuccess: ({ added, undo }) => {
          done(t("incident.added", { count: added }), undo);
          onClose();
        },
      },
    );
  return (
    <Dialog open onClose={onClose} title={t("incident.add")} intro={t("incident.add_intro")}>
      <form
        className={style.line}
        onSubmit={(event) => {
          event.preventDefault();
          if (words.trim()) add({ search: words.trim() });
        }}
      >
        <Field
          type="search"
          label={t("incident.add_search")}
          hint={t("incident.add_search_hint")}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Button type="submit" busy={gather.isPending} disabled={!words.trim()}>
          {t("incident.add_found")}
        </Button>
      </form>
      <form
        className={style.line}
        onSubmit={(event) => {
          event.preventDefault();
          if (view) add({ view: view as View });
        }}
      >
        <Select label={t("incident.add_view")} value={view} onChange={(event) => setView(event.target.value)}>
          <option value="">{t("incident.choose")}</option>
          {(["owed", "mine", "unassigned"] as const).map((it) => (
            <option key={it} value={it}>
              {t(`nav.${it}`)}
            </option>
          ))}
          {(beside.data?.views ?? []).map(({ id, name }) => (
            <option key={id} value={`view-${id}`}>
              {name}
            </option>
          ))}
        </Select>
        <Button type="submit" busy={gather.isPending} disabled={!view}>
          {t("incident.add_all")}
        </Button>
      </form>
      <ErrorLine error={gather.error} />
    </Dialog>
  );
}
