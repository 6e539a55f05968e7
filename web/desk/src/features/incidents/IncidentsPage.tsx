import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Incident } from "@/shared/api/types";
import { useCommands } from "@/shared/commands/commands";
import { useIncidents } from "@/shared/incident/useIncidents";
import { useKeys } from "@/shared/keys/useKeys";
import { Button } from "@/shared/ui/Button";
import { Ago, At } from "@/shared/ui/Clock";
import { Sheet } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { EmptyState, ErrorState } from "@/shared/ui/States";
import { IncidentDialog } from "./IncidentDialog";
import style from "./Incidents.module.css";

/** What concerns many customers at once, and what was done about it. */
export function IncidentsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useIncidents();
  const [opening, setOpening] = useState(false);
  const open = () => setOpening(true);
  useKeys({ o: open });
  useCommands([{ key: "incident-open", group: "act", label: t("incident.open"), hint: "O", run: open }]);
  const button = (
    <Button kind="primary" hint="O" onClick={open}>
      {t("incident.open")}
    </Button>
  );
  return (
    <Sheet title={t("nav.incidents")} intro={t("incident.intro")} aside={button}>
      {list.isPending ? (
        <Skeleton lines={4} />
      ) : !list.data ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data.length === 0 ? (
        <EmptyState title={t("incident.none")}>{t("incident.none_words")}</EmptyState>
      ) : (
        <ul>
          {list.data.map((it) => (
            <li key={it.id}>
              <Link className={style.incident} to="/incidents/$incident" params={{ incident: String(it.id) }}>
                <b>{it.name}</b>
                <span className={style.meta}>
                  <Lasting incident={it} /> · {t("incident.size", { count: it.conversations })}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {opening ? (
        <IncidentDialog
          onClose={() => setOpening(false)}
          onKept={({ id }) => void navigate({ to: "/incidents/$incident", params: { incident: String(id) } })}
        />
      ) : null}
    </Sheet>
  );
}

/** "En cours, jusqu'à vendredi 18 h". */
export function Lasting({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  if (incident.ended_at) {
    return (
      <>
        {t("incident.ended")} <Ago at={incident.ended_at} />
      </>
    );
  }
  if (!incident.ends_at) return t("incident.lasts");
  return (
    <span className={incident.lasts ? undefined : style.past}>
      {t(incident.lasts ? "incident.lasts_until" : "incident.past_its_end")} <At at={incident.ends_at} />
    </span>
  );
}
