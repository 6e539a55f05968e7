import { useTranslation } from "react-i18next";
import type { PartFigures } from "@/shared/api/types";
import { csv } from "./api/report";
import type { PartProps } from "./Blocks";
import { Stack } from "./charts/Stack";
import { number, percent } from "./format";
import bars from "./Kinds.module.css";
import { PartBlock } from "./PartBlock";
import style from "./Report.module.css";

/** What became of promises, by kind. */
export function PromisesBlock({ figures, asked, arranging }: PartProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const n = (value: number) => number(value, language);
  const shared = (share: number | null) => (share === null ? "–" : percent(share, language));
  const kind = (it: PartFigures) => t(`report.kind.${it.name}`);
  const { kinds, total } = figures;
  return (
    <PartBlock
      name="promises"
      tall
      title={t("report.block.promises")}
      empty={kinds.length === 0 ? t("report.promises.none") : undefined}
      note={t("report.promises.note")}
      csv={csv("promises", asked)}
      arranging={arranging}
      table={{
        head: [
          "kind",
          "opened",
          "kept",
          "near",
          "broken",
          "late",
          "waived",
          "passed",
          "ended",
          "taken_back",
          "open",
          "share",
        ].map((it) => t(`report.promises.${it}`)),
        rows: kinds.map((it) => {
          const p = it.promises;
          return [
            kind(it),
            ...[
              p.opened,
              p.kept,
              p.kept_near,
              p.broken,
              p.kept_late,
              p.waived,
              p.passed,
              p.ended,
              p.taken_back,
              p.open,
            ].map(n),
            shared(p.share),
          ];
        }),
      }}
    >
      <ul className={bars.kinds}>
        {kinds.map((it) => {
          const p = it.promises;
          const never = p.broken - p.kept_late;
          return (
            <li key={it.name} className={bars.kind}>
              <div className={bars.kindHead}>
                <b>{kind(it)}</b>
                <span className="num">
                  {p.share === null
                    ? t("report.promises.undecided")
                    : t("report.promises.kept_of", {
                        share: shared(p.share),
                        count: p.kept + p.broken,
                      })}
                </span>
              </div>
              <Stack
                summary={t("report.promises.summary", {
                  kind: kind(it),
                  kept: p.kept,
                  late: p.kept_late,
                  broken: never,
                })}
                parts={[
                  { key: "kept", name: t("report.promises.kept"), n: p.kept },
                  { key: "late", name: t("report.promises.late"), n: p.kept_late },
                  { key: "broken", name: t("report.promises.still"), n: never },
                ]}
              />
              <p className={bars.parts}>
                <span data-part="kept">{t("report.promises.n_kept", { count: p.kept })}</span>
                {p.kept_near ? <span>{t("report.promises.n_near", { count: p.kept_near })}</span> : null}
                <span data-part="late">{t("report.promises.n_late", { count: p.kept_late })}</span>
                <span data-part="broken">{t("report.promises.n_still", { count: never })}</span>
                {p.waived ? <span>{t("report.promises.n_waived", { count: p.waived })}</span> : null}
                {p.ended ? <span>{t("report.promises.n_ended", { count: p.ended })}</span> : null}
                <span>{t("report.promises.n_open", { count: p.open })}</span>
              </p>
            </li>
          );
        })}
      </ul>
      {total.promises.taken_back ? (
        <p className={style.note}>
          {t("report.promises.taken_back_words", { count: total.promises.taken_back })}
        </p>
      ) : null}
    </PartBlock>
  );
}
