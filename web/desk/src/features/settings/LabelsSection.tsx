import { useTranslation } from "react-i18next";
import { useLabels } from "@/shared/session/useLabels";
import { Button } from "@/shared/ui/Button";
import { Part } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine, ErrorState } from "@/shared/ui/States";
import { useBlocked, useUnblock } from "./api/labels";
import { FieldsPart } from "./FieldsPart";
import { ReasonsPart } from "./ReasonsPart";
import style from "./Settings.module.css";
import { TagsPart } from "./TagsPart";

/** The shop's own words for its conversations. */
export function LabelsSection() {
  const { t } = useTranslation();
  const labels = useLabels();
  if (labels.isPending) return <Skeleton lines={6} />;
  if (!labels.data) return <ErrorState error={labels.error} onRetry={() => void labels.refetch()} />;
  return (
    <>
      <Part title={t("settings.labels.reasons")} intro={t("settings.labels.reasons_intro")}>
        <ReasonsPart reasons={labels.data.reasons} />
      </Part>
      <Part title={t("settings.labels.tags")} intro={t("settings.labels.tags_intro")}>
        <TagsPart tags={labels.data.tags} />
      </Part>
      <Part title={t("settings.labels.fields")} intro={t("settings.labels.fields_intro")}>
        <FieldsPart fields={labels.data.fields} />
      </Part>
      <Part title={t("settings.labels.blocked")} intro={t("settings.labels.blocked_intro")}>
        <BlockedPart />
      </Part>
    </>
  );
}

function BlockedPart() {
  const { t } = useTranslation();
  const blocked = useBlocked();
  const unblock = useUnblock();
  if (!blocked.data?.length) return <p className={style.meta}>{t("settings.labels.blocked_none")}</p>;
  return (
    <ul>
      {blocked.data.map(({ address }) => (
        <li key={address} className={style.row}>
          <span>{address}</span>
          <Button kind="ghost" busy={unblock.isPending} onClick={() => unblock.mutate(address)}>
            {t("settings.labels.unblock")}
          </Button>
        </li>
      ))}
      <ErrorLine error={unblock.error} />
    </ul>
  );
}
