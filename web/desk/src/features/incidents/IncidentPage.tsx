import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Incident } from "@/shared/api/types";
import { useDone } from "@/shared/api/useUndo";
import { useCommands } from "@/shared/commands/commands";
import { useKeys } from "@/shared/keys/useKeys";
import { Button } from "@/shared/ui/Button";
import { Part, Sheet } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine, ErrorState } from "@/shared/ui/States";
import { AddDialog } from "./AddDialog";
import { AnswersPart } from "./AnswersPart";
import { useAct, useAnswers, useIncident } from "./api/incidents";
import { IncidentDialog } from "./IncidentDialog";
import style from "./Incidents.module.css";
import { Lasting } from "./IncidentsPage";
import { RoundEditor } from "./RoundEditor";
import { SuggestedPart } from "./SuggestedPart";

/** One matter that concerns many: who is concerned, what each is answered, and how far that is. */
export function IncidentPage() {
  const { incident } = useParams({ strict: false });
  const id = Number(incident);
  const read = useIncident(id);
  if (read.isPending) return <Skeleton lines={8} />;
  if (!read.data) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />;
  return <Whole incident={read.data} />;
}

function Whole({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const done = useDone();
  const answers = useAnswers(incident.id);
  const act = useAct(incident.id);
  const [dialog, setDialog] = useState<"edit" | "add" | null>(null);
  const ended = Boolean(incident.ended_at);
  const end = () =>
    act.mutate(
      { act: ended ? "reopen" : "end" },
      {
        onSuccess: () =>
          done(
            t(ended ? "incident.reopened" : "incident.ended_done"),
            ended ? null : { method: "POST", path: `/incidents/${incident.id}/reopen`, body: {} },
          ),
      },
    );
  const add = () => setDialog("add");
  useKeys({ a: add });
  useCommands([
    { key: "incident-add", group: "act", label: t("incident.add"), hint: "A", run: add },
    { key: "incident-edit", group: "act", label: t("incident.edit"), run: () => setDialog("edit") },
    { key: "incident-end", group: "act", label: t(ended ? "incident.reopen" : "incident.end"), run: end },
  ]);
  return (
    <Sheet
      title={incident.name}
      aside={
        <div className={style.acts}>
          <Button hint="A" onClick={add}>
            {t("incident.add")}
          </Button>
          <Button onClick={() => setDialog("edit")}>{t("incident.edit")}</Button>
          <Button busy={act.isPending} onClick={end}>
            {t(ended ? "incident.reopen" : "incident.end")}
          </Button>
        </div>
      }
    >
      <p className={style.meta}>
        <Link to="/incidents">{t("nav.incidents")}</Link> · <Lasting incident={incident} /> ·{" "}
        {t("incident.size", { count: incident.conversations })}
        {incident.lasts && (incident.banner_fr || incident.banner_en) ? ` · ${t("incident.banner_on")}` : ""}
      </p>
      <ErrorLine error={act.error} />
      {answers.data ? (
        <>
          <Part title={t("incident.answer", { number: answers.data.round.number })}>
            <RoundEditor
              key={`${answers.data.round.id}-${answers.data.round.revision}`}
              incident={incident.id}
              round={answers.data.round}
            />
          </Part>
          <AnswersPart incident={incident.id} {...answers.data} onAdd={add} />
        </>
      ) : answers.error ? (
        <ErrorState error={answers.error} onRetry={() => void answers.refetch()} />
      ) : (
        <Skeleton lines={6} />
      )}
      {ended ? null : <SuggestedPart incident={incident.id} />}
      {dialog === "edit" ? (
        <IncidentDialog
          incident={incident}
          onClose={() => setDialog(null)}
          onKept={() => done(t("settings.saved"))}
        />
      ) : null}
      {dialog === "add" ? <AddDialog incident={incident.id} onClose={() => setDialog(null)} /> : null}
    </Sheet>
  );
}
