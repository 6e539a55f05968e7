import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Team } from "@/shared/api/types";
import { usePeople } from "@/shared/session/usePeople";
import { useTeams } from "@/shared/session/useTeams";
import { Button } from "@/shared/ui/Button";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine, ErrorState } from "@/shared/ui/States";
import { useArchiveTeam } from "./api/teams";
import style from "./Settings.module.css";
import { TeamDialog } from "./TeamDialog";

export function TeamsSection() {
  const { t } = useTranslation();
  const teams = useTeams();
  const [asked, setAsked] = useState<Team | "new" | null>(null);
  if (teams.isPending) return <Skeleton lines={4} />;
  if (!teams.data) return <ErrorState error={teams.error} onRetry={() => void teams.refetch()} />;
  return (
    <>
      {teams.data.length ? (
        <ul>
          {teams.data.map((team) => (
            <TeamRow key={team.id} team={team} onEdit={() => setAsked(team)} />
          ))}
        </ul>
      ) : (
        <p className={style.meta}>{t("settings.teams.empty")}</p>
      )}
      <div className={style.save}>
        <Button onClick={() => setAsked("new")}>{t("settings.teams.add")}</Button>
      </div>
      {asked ? <TeamDialog team={asked === "new" ? null : asked} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

function TeamRow({ team, onEdit }: { team: Team; onEdit: () => void }) {
  const { t } = useTranslation();
  const { data: people = [] } = usePeople();
  const archive = useArchiveTeam(team.id);
  const names = people.filter(({ id }) => team.members.includes(id)).map(({ name }) => name);
  return (
    <li className={style.row}>
      <span>
        <span className={style.name}>{team.name}</span>{" "}
        {team.archived ? <span className={style.meta}>{t("settings.teams.archived")}</span> : null}
      </span>
      <span className={style.acts}>
        {team.archived ? null : (
          <Button kind="ghost" onClick={onEdit}>
            {t("settings.teams.edit_short")}
            <span className="visually-hidden"> {team.name}</span>
          </Button>
        )}
        <Button kind="ghost" busy={archive.isPending} onClick={() => archive.mutate(!team.archived)}>
          {t(team.archived ? "settings.teams.restore" : "settings.teams.archive")}
          <span className="visually-hidden"> {team.name}</span>
        </Button>
      </span>
      <span className={`${style.meta} ${style.wide}`}>{names.join(", ")}</span>
      <ErrorLine error={archive.error} />
    </li>
  );
}
