import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Party } from "@/shared/api/types";
import { useParties } from "@/shared/session/useParties";
import { Button } from "@/shared/ui/Button";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine, ErrorState } from "@/shared/ui/States";
import { useSaveParty } from "./api/parties";
import { PartyDialog } from "./PartyDialog";
import style from "./Settings.module.css";

/** Whom the shop asks inside. */
export function PartiesSection() {
  const { t } = useTranslation();
  const parties = useParties();
  const [asked, setAsked] = useState<Party | "new" | null>(null);
  if (parties.isPending) return <Skeleton lines={4} />;
  if (!parties.data) return <ErrorState error={parties.error} onRetry={() => void parties.refetch()} />;
  return (
    <>
      <p className={style.meta}>{t("settings.inside.intro")}</p>
      {parties.data.length ? (
        <ul>
          {parties.data.map((party) => (
            <PartyRow key={party.id} party={party} onEdit={() => setAsked(party)} />
          ))}
        </ul>
      ) : (
        <p className={style.meta}>{t("settings.inside.empty")}</p>
      )}
      <div className={style.save}>
        <Button onClick={() => setAsked("new")}>{t("settings.inside.add")}</Button>
      </div>
      {asked ? <PartyDialog party={asked === "new" ? null : asked} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

function PartyRow({ party, onEdit }: { party: Party; onEdit: () => void }) {
  const { t } = useTranslation();
  const { id, ...kept } = party;
  const save = useSaveParty(id);
  return (
    <li className={style.row}>
      <span>
        <span className={style.name}>{party.name}</span>{" "}
        <span className={style.meta}>
          {party.archived ? t("settings.inside.archived") : t(`ask.kind.${party.kind}`)}
        </span>
      </span>
      <span className={style.acts}>
        {party.archived ? null : (
          <Button kind="ghost" onClick={onEdit}>
            {t("settings.inside.edit_short")}
            <span className="visually-hidden"> {party.name}</span>
          </Button>
        )}
        <Button
          kind="ghost"
          busy={save.isPending}
          onClick={() => save.mutate({ ...kept, archived: !party.archived })}
        >
          {t(party.archived ? "settings.inside.restore" : "settings.inside.archive")}
          <span className="visually-hidden"> {party.name}</span>
        </Button>
      </span>
      <span className={`${style.meta} ${style.wide}`}>
        {party.address} · {t(`language.${party.language}`)}
      </span>
      <ErrorLine error={save.error} />
    </li>
  );
}
