import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type Deed, useDeeds } from "@/shared/tour/deeds";
import { Button } from "@/shared/ui/Button";
import { Kbd } from "@/shared/ui/Kbd";
import style from "./Tour.module.css";
import { STEPS, type Step, type TourControl } from "./useTour";

// The deed that ends a step, and the keys that do it.
const ENDS: Record<Step, { deed?: Deed; keys: readonly string[] }> = {
  open: { keys: ["J"] },
  answer: { deed: "answering", keys: ["R"] },
  slash: { deed: "inserted", keys: ["/", "↵"] },
  guard: { deed: "stopped", keys: ["⌘ ↵"] },
  send: { deed: "sent", keys: ["⌘ ↵"] },
  kept: { keys: ["N"] },
};

/** The first day: each step is done, not read. It stands in the page and never takes the keyboard. */
export function Tour({ tour }: { tour: TourControl }) {
  const { t } = useTranslation();
  const { conversation } = useParams({ strict: false });
  const navigate = useNavigate();
  const self = useRef<HTMLElement>(null);
  const { at, go } = tour;
  // biome-ignore lint/complexity/useIndexOf: an offer is no step
  const step = STEPS.findIndex((it) => it === at);
  const next = () => {
    const to = STEPS[step + 1];
    go(to ?? "over", "done");
  };
  useDeeds((deed) => {
    // Who is ahead is believed: sending ends whatever came before it.
    const ended = STEPS.findIndex((it) => ENDS[it].deed === deed);
    if (step < 0 || ended < step) return;
    go(STEPS[ended + 1] ?? "over", "done");
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening a conversation ends the first step, whenever it comes
  useEffect(() => {
    if (at === "open" && conversation) next();
  }, [at, conversation]);

  // Who reads somebody's words is not asked about tours.
  if (at === "over" || (at === "offer" && conversation)) return null;
  // The button that was pressed goes away: the focus stays here rather than nowhere.
  const stay = (act: () => void) => () => {
    self.current?.focus();
    act();
  };
  const leave = (over: "done" | "skipped") => () => {
    document.getElementById("page")?.focus();
    go("over", over);
  };
  return (
    <aside ref={self} className={style.tour} tabIndex={-1} aria-label={t("tour.title")}>
      <div className={style.words} role="status" aria-live="polite">
        <b>{at === "offer" ? t("tour.title") : t("tour.step", { at: step + 1, of: STEPS.length })}</b>{" "}
        <span>{t(`tour.${at}`)}</span>
        {at === "offer" ? null : (
          <span className={style.keys}>
            {ENDS[at].keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </span>
        )}
      </div>
      <div className={style.acts}>
        {at === "offer" ? (
          <Button
            kind="primary"
            onClick={stay(() => {
              go("open");
              void navigate({ to: "/$view", params: { view: "owed" } });
            })}
          >
            {t("tour.start")}
          </Button>
        ) : at === "kept" ? (
          <Button kind="primary" onClick={leave("done")}>
            {t("tour.end")}
          </Button>
        ) : (
          <Button onClick={stay(next)}>{t("tour.next")}</Button>
        )}
        {at === "kept" ? null : (
          <Button kind="ghost" onClick={leave("skipped")}>
            {t(at === "offer" ? "tour.no" : "tour.skip")}
          </Button>
        )}
      </div>
    </aside>
  );
}
