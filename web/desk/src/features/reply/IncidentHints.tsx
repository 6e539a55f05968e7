import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { get } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { IncidentHint } from "@/shared/api/types";
import { useDone } from "@/shared/api/useUndo";
import { useGather } from "@/shared/incident/useIncidents";
import { Button } from "@/shared/ui/Button";
import style from "./Beside.module.css";

interface IncidentHintsProps {
  conversation: number;
  onInsert: (text: string) => void;
}

/** What lasts while one answers: its words one press away, and the conversation too. */
export function IncidentHints({ conversation, onInsert }: IncidentHintsProps) {
  const { t } = useTranslation();
  const done = useDone();
  const gather = useGather();
  const hints = useQuery({
    queryKey: keys.hints(conversation),
    queryFn: ({ signal }) =>
      get<{ incidents: IncidentHint[] }>(`/conversations/${conversation}/incidents`, signal),
    staleTime: 60_000,
  });
  const shown = (hints.data?.incidents ?? []).filter(({ text, joined }) => text || joined);
  return shown.map((it) => (
    <div key={it.id} className={style.line} data-part="incident">
      <span className={style.hint}>
        <Link to="/incidents/$incident" params={{ incident: String(it.id) }}>
          {t("incident.lasting", { name: it.name })}
        </Link>
        {it.joined ? ` · ${t("incident.joined")}` : ""}
      </span>
      {it.text ? (
        <Button kind="ghost" onClick={() => onInsert(it.text)}>
          {t("incident.insert")}
        </Button>
      ) : null}
      {it.joined ? null : (
        <Button
          kind="ghost"
          busy={gather.isPending}
          onClick={() =>
            gather.mutate(
              { incident: it.id, from: { ids: [conversation] } },
              { onSuccess: ({ added, undo }) => done(t("incident.added", { count: added }), undo) },
            )
          }
        >
          {t("incident.join")}
        </Button>
      )}
    </div>
  ));
}
