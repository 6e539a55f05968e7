import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Figures } from "@/shared/api/types";
import { useCommands } from "@/shared/commands/commands";
import { useKeys } from "@/shared/keys/useKeys";
import { useNow } from "@/shared/time/useNow";
import { useZone } from "@/shared/time/zone";
import { Button } from "@/shared/ui/Button";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Banner, ErrorState } from "@/shared/ui/States";
import { type Narrowed, useArrange, useArrangement, useFigures } from "./api/report";
import { hidden, moved, placedAt } from "./arrange";
import { Blocks } from "./Blocks";
import { Filters } from "./Filters";
import { KeyFigures } from "./KeyFigures";
import { Periods } from "./Periods";
import { daysOf, isPeriod } from "./period";
import style from "./Report.module.css";

/** The leader's page: what was promised and kept, how long people waited, and who will be late today. */
export function ReportPage() {
  const { t } = useTranslation();
  const { asked, set } = useAsked();
  const figures = useFigures(asked);
  const arrangement = useArrangement();
  const arrange = useArrange();
  const [arranging, setArranging] = useState(false);
  const toggle = () => setArranging((before) => !before);
  useKeys({ a: toggle });
  useCommands([
    { key: "report-arrange", group: "act", label: t("report.arrange"), hint: "A", run: toggle },
    ...(["today", "7", "30", "90"] as const).map((p) => ({
      key: `report-${p}`,
      group: "act" as const,
      label: `${t("report.title")} : ${t(`report.period.${p}`)}`,
      run: () => set({ p }),
    })),
  ]);
  const blocks = arrangement.data ?? [];
  const away = blocks.filter((it) => it.hidden);
  return (
    <div className={style.page}>
      <div className={style.column}>
        <header className={style.head}>
          <h1 className={style.title}>{t("report.title")}</h1>
          <Periods asked={asked} onChange={set} />
          <Button kind="ghost" hint="A" aria-pressed={arranging} onClick={toggle}>
            {t(arranging ? "report.arranged" : "report.arrange")}
          </Button>
        </header>
        <Filters asked={asked} onChange={set} />
        {figures.isPending || arrangement.isPending ? (
          <Skeleton lines={8} />
        ) : !figures.data ? (
          <ErrorState error={figures.error} onRetry={() => void figures.refetch()} />
        ) : (
          <div aria-busy={figures.isPlaceholderData || undefined} className={style.body}>
            {figures.data.counting ? <Banner tone="waiting">{t("report.counting")}</Banner> : null}
            {isBlank(figures.data) ? <Banner tone="waiting">{t("report.blank")}</Banner> : null}
            <KeyFigures figures={figures.data} asked={asked} />
            {arranging ? <p className={style.note}>{t("report.arrange_words")}</p> : null}
            <Blocks
              blocks={blocks}
              figures={figures.data}
              asked={asked}
              arranging={
                arranging
                  ? (name) => ({
                      onMove: (by) => arrange.mutate(moved(blocks, name, by)),
                      onHide: () => arrange.mutate(hidden(blocks, name, true)),
                      onDrop: (dropped) => arrange.mutate(placedAt(blocks, dropped, name)),
                    })
                  : undefined
              }
            />
            {arranging && away.length > 0 ? (
              <div className={style.away}>
                <h2 className={style.blockTitle}>{t("report.hidden")}</h2>
                {away.map(({ name }) => (
                  <Button key={name} onClick={() => arrange.mutate(hidden(blocks, name, false))}>
                    {t("report.show", { title: t(`report.block.${name}`) })}
                  </Button>
                ))}
              </div>
            ) : null}
          </div>
        )}
      </div>
    </div>
  );
}

/** Nothing came in and nothing was answered, in this period or the one before. */
function isBlank(it: Figures): boolean {
  return [it.total, it.before].every((sum) => sum.arrived + sum.answered + sum.promises.opened === 0);
}

export type Asked = Narrowed & { p: string };

/** What the address asks for, so that a view of the figures can be passed on and come back to. */
function useAsked() {
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const navigate = useNavigate();
  const now = useNow();
  const zone = useZone();
  const p = isPeriod(search.p) ? search.p : "7";
  const { mailbox, team, reason, person, kind } = search;
  const asked: Asked = { ...daysOf(p, now, zone, search), p, mailbox, team, reason, person, kind };
  const set = (part: Partial<Asked>) =>
    void navigate({
      to: "/report",
      search: (before: Record<string, string | undefined>) => clean({ ...before, ...part }),
      replace: true,
    });
  return { asked, set };
}

function clean(values: Record<string, string | undefined>): Record<string, string> {
  const own = values.p === "own";
  return Object.fromEntries(
    Object.entries(values).filter(
      (it): it is [string, string] => Boolean(it[1]) && (own || (it[0] !== "from" && it[0] !== "to")),
    ),
  );
}
