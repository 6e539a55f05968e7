import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useDone } from "@/shared/api/useUndo";
import { useGather } from "@/shared/incident/useIncidents";
import { Button } from "@/shared/ui/Button";
import { Ago } from "@/shared/ui/Clock";
import { Part } from "@/shared/ui/Sheet";
import { ErrorLine } from "@/shared/ui/States";
import { useSuggested } from "./api/incidents";
import style from "./Incidents.module.css";

/** What came in since and has the same tag, reason or words: for a person to decide. */
export function SuggestedPart({ incident }: { incident: number }) {
  const { t } = useTranslation();
  const done = useDone();
  const list = useSuggested(incident);
  const gather = useGather();
  const add = (ids: number[]) =>
    gather.mutate(
      { incident, from: { ids } },
      { onSuccess: ({ added, undo }) => done(t("incident.added", { count: added }), undo) },
    );
  if (!list.data?.length) return null;
  return (
    <Part title={t("incident.suggested")} intro={t("incident.suggested_intro")}>
      <ul>
        {list.data.map((it) => (
          <li key={it.id} className={style.suggested}>
            <div className={style.who}>
              <Link to="/$view/$conversation" params={{ view: "owed", conversation: String(it.id) }}>
                {it.customer || t("owed.unknown")}
              </Link>
              <span className={style.meta}>
                {it.subject} · <Ago at={it.at} /> · {t(`incident.by.${it.by}`)}
              </span>
              <span className={style.asked}>{it.snippet}</span>
            </div>
            <Button busy={gather.isPending} onClick={() => add([it.id])}>
              {t("incident.add_this")}
            </Button>
          </li>
        ))}
      </ul>
      {list.data.length > 1 ? (
        <div className={style.acts}>
          <Button busy={gather.isPending} onClick={() => add(list.data.map(({ id }) => id))}>
            {t("incident.add_suggested", { count: list.data.length })}
          </Button>
        </div>
      ) : null}
      <ErrorLine error={gather.error} />
    </Part>
  );
}
