import { X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BulkAction, Order, View } from "@/shared/api/types";
import { useDone } from "@/shared/api/useUndo";
import { said } from "@/shared/i18n/said";
import { useAlone } from "@/shared/session/useMe";
import { usePeople } from "@/shared/session/usePeople";
import { dayAt } from "@/shared/time/local";
import { useZone } from "@/shared/time/zone";
import { Button } from "@/shared/ui/Button";
import { Menu } from "@/shared/ui/Menu";
import { ErrorLine } from "@/shared/ui/States";
import { kindOf } from "@/shared/view";
import { type BulkSum, useBulk } from "./api/bulk";
import style from "./BulkBar.module.css";
import { BulkIncident } from "./BulkIncident";
import { BulkWaive } from "./BulkWaive";
import type { Selection } from "./useSelection";

interface BulkBarProps {
  view: View;
  order: Order;
  selection: Selection;
  /** How many rows are on the screen, and whether the list goes on. */
  shown: number;
  more: boolean;
}

/** What can be done to all that is chosen, and how far it is. */
export function BulkBar({ view, order, selection, shown, more }: BulkBarProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const alone = useAlone();
  const people = usePeople(!alone);
  const done = useDone();
  const { run, progress } = useBulk();
  const [error, setError] = useState<unknown>(null);
  const [waiving, setWaiving] = useState(false);
  const { ids, all } = selection;
  const none = ids.size === 0 && !all;
  const busy = progress !== null;

  const act = (action: BulkAction) => {
    setError(null);
    const chosen = all ? { all: view, order, known: all } : { ids: [...ids] };
    void run(action, chosen).then((sum) => {
      done(told(t, sum), sum.undo);
      selection.clear();
    }, setError);
  };
  const now = new Date();
  const snooze = (until: Date) => () => act({ do: "snooze", until: until.toISOString() });
  return (
    <section className={style.bar} aria-label={t("bulk.label")}>
      <div className={style.count}>
        <span aria-live="polite">
          {busy
            ? t("bulk.progress", { count: progress })
            : all
              ? t("bulk.whole_list")
              : t("bulk.chosen", { count: ids.size })}
        </span>
        {ids.size < shown && !all ? (
          <Button kind="ghost" onClick={selection.chooseShown}>
            {t("bulk.choose_shown", { count: shown })}
          </Button>
        ) : null}
        {more && !all && ids.size >= shown ? (
          <Button kind="ghost" onClick={selection.chooseAll}>
            {t("bulk.choose_all")}
          </Button>
        ) : null}
        <button type="button" className={style.close} onClick={selection.clear} aria-label={t("bulk.stop")}>
          <X size={16} aria-hidden="true" />
        </button>
      </div>
      <div className={style.acts}>
        {none ? null : (
          <>
            {alone ? null : (
              <Menu
                label={t("bulk.assign")}
                align="start"
                trigger={<Button busy={busy}>{t("bulk.assign")}</Button>}
                items={[
                  {
                    key: "none",
                    label: t("bulk.nobody"),
                    onSelect: () => act({ do: "assign", person: null }),
                  },
                  ...(people.data ?? []).map(({ id, name }) => ({
                    key: String(id),
                    label: name,
                    onSelect: () => act({ do: "assign", person: id }),
                  })),
                ]}
              />
            )}
            <Menu
              label={t("bulk.snooze")}
              align="start"
              trigger={<Button busy={busy}>{t("bulk.snooze")}</Button>}
              items={[
                {
                  key: "2h",
                  label: t("bulk.in_two_hours"),
                  onSelect: snooze(new Date(now.getTime() + 7_200_000)),
                },
                { key: "1d", label: t("bulk.tomorrow"), onSelect: snooze(dayAt(now, 1, "09:00", zone)) },
                { key: "7d", label: t("bulk.next_week"), onSelect: snooze(dayAt(now, 7, "09:00", zone)) },
              ]}
            />
            <BulkIncident
              from={all ? { view, order } : { ids: [...ids] }}
              busy={busy}
              onDone={selection.clear}
            />
            <Button busy={busy} onClick={() => act({ do: "close" })}>
              {t("bulk.close")}
            </Button>
            <Button busy={busy} onClick={() => setWaiving(true)}>
              {t("bulk.waive")}
            </Button>
            {kindOf(view) === "spam" ? (
              <Button busy={busy} onClick={() => act({ do: "rescue" })}>
                {t("bulk.rescue")}
              </Button>
            ) : (
              <Button busy={busy} onClick={() => act({ do: "spam" })}>
                {t("bulk.spam")}
              </Button>
            )}
          </>
        )}
      </div>
      <ErrorLine error={error} />
      {waiving ? (
        <BulkWaive
          onClose={() => setWaiving(false)}
          onWaive={(reason) => {
            setWaiving(false);
            act({ do: "waive", reason });
          }}
        />
      ) : null}
    </section>
  );
}

/** "12 faites, 2 laissées : une réponse est encore due ici." */
function told(t: (key: string, values?: Record<string, unknown>) => string, sum: BulkSum): string {
  const done = t("bulk.done", { count: sum.done });
  const first = sum.refused[0];
  if (!first) return done;
  return t("bulk.refused", { done, count: sum.refused.length, why: said(first.detail) ?? first.detail });
}
