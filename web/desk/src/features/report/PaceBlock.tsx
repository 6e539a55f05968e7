import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Forecast } from "@/shared/api/types";
import { speakAt, speakHour } from "@/shared/time/speak";
import { useNow } from "@/shared/time/useNow";
import { useZone } from "@/shared/time/zone";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine } from "@/shared/ui/States";
import { useForecast } from "./api/report";
import type { PartProps } from "./Blocks";
import { number } from "./format";
import { PartBlock } from "./PartBlock";
import style from "./Report.module.css";

/** Who will be late at the closing if nothing changes, and what would help. It is the whole shop's, whatever the page is narrowed to. */
export function PaceBlock({ arranging }: PartProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const zone = useZone();
  const { data, error, isPending } = useForecast();
  const hour = (at: string) => speakHour(new Date(at), { now: new Date(), zone, language });
  return (
    <PartBlock
      name="pace"
      wide
      title={t("report.block.pace")}
      arranging={arranging}
      table={
        data?.steps.length
          ? {
              head: [t("report.hour"), t("report.pace.due"), t("report.pace.done"), t("report.pace.late")],
              rows: data.steps.map((it) => [
                hour(it.at),
                number(it.due, language),
                number(it.answered, language),
                number(it.late, language),
              ]),
            }
          : undefined
      }
      note={data ? <Explained data={data} /> : undefined}
    >
      {isPending ? <Skeleton lines={3} /> : data ? <Said data={data} /> : <ErrorLine error={error} />}
    </PartBlock>
  );
}

function Said({ data }: { data: Forecast }) {
  const { t, i18n } = useTranslation();
  const zone = useZone();
  const now = useNow();
  if (!data.until) return <p className={style.said}>{t("report.pace.never_open")}</p>;
  const at = speakAt(new Date(data.until), { now, zone, language: i18n.language });
  const tone = !data.enough ? undefined : data.late_then > 0 ? "broken" : "kept";
  return (
    <>
      <p className={style.said} data-tone={tone}>
        {!data.enough
          ? t("report.pace.too_few", { at, count: data.due_by })
          : data.late_then > 0
            ? t("report.pace.will_be_late", { at, count: data.late_then })
            : t("report.pace.all_kept", { at })}
      </p>
      <p>
        {t("report.pace.now", { count: data.due_by, at })}{" "}
        {data.late ? t("report.pace.late_now", { count: data.late }) : t("report.pace.none_late")}{" "}
        {data.near ? t("report.pace.near_now", { count: data.near }) : null}
      </p>
      {data.late_then > 0 || (!data.enough && data.due_by > 0) ? <Helping data={data} /> : null}
    </>
  );
}

function Helping({ data }: { data: Forecast }) {
  const { t } = useTranslation();
  const { help } = data;
  return (
    <div className={style.help}>
      <h3>{t("report.pace.help")}</h3>
      <ul>
        {help.more_per_hour ? (
          <li>
            {t("report.pace.more", { count: help.more_per_hour })}{" "}
            {help.more_people ? t("report.pace.people", { count: help.more_people }) : null}
          </li>
        ) : null}
        {help.holdable ? <li>{t("report.pace.holdable", { count: help.holdable })}</li> : null}
        {help.reasons.length > 0 ? (
          <li>
            {t("report.pace.reasons")}{" "}
            {help.reasons.map((it) => t("report.pace.reason", { name: it.name, count: it.count })).join(", ")}
          </li>
        ) : null}
        <li>
          <Link to="/$view" params={{ view: "owed" }}>
            {t("report.pace.list")}
          </Link>
        </li>
      </ul>
    </div>
  );
}

/** How it was computed, so that one can disagree. */
function Explained({ data }: { data: Forecast }) {
  const { t, i18n } = useTranslation();
  const one = (n: number) =>
    n.toLocaleString(i18n.language.startsWith("fr") ? "fr-FR" : "en-GB", { maximumFractionDigits: 1 });
  return (
    <>
      {t(data.enough ? "report.pace.explained" : "report.pace.sample", {
        count: data.sample,
        pace: one(data.pace),
        hours: one(data.window),
        left: one(data.open_hours),
      })}{" "}
      {t("report.pace.limits")} {data.more ? t("report.pace.more_than") : null}
    </>
  );
}
