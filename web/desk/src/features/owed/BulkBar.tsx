import { MoreHorizontal, X } from "lucide-react";
import { type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BulkAction, Order, View } from "@/shared/api/types";
import { useDone } from "@/shared/api/useUndo";
import { type Command, useCommands } from "@/shared/commands/commands";
import { said } from "@/shared/i18n/said";
import { useKeys } from "@/shared/keys/useKeys";
import { later } from "@/shared/later";
import { useAlone } from "@/shared/session/useMe";
import { dayAt } from "@/shared/time/local";
import { useZone } from "@/shared/time/zone";
import { Button } from "@/shared/ui/Button";
import { Menu, type MenuItem } from "@/shared/ui/Menu";
import { ErrorLine } from "@/shared/ui/States";
import { kindOf } from "@/shared/view";
import { type BulkSum, useBulk } from "./api/bulk";
import style from "./BulkBar.module.css";
import { BulkIncident } from "./BulkIncident";
import type { BulkAsked } from "./useBulkActs";
import type { Selection } from "./useSelection";

const BulkDialogs = later(() => import("./BulkDialogs"), "BulkDialogs");

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
  const done = useDone();
  const { run, progress } = useBulk();
  const [error, setError] = useState<unknown>(null);
  const [asked, setAsked] = useState<BulkAsked | "waive" | null>(null);
  const { ids, all } = selection;
  const busy = progress !== null;

  const act = (action: BulkAction) => {
    setError(null);
    const chosen = all ? { all: view, order, known: all } : { ids: [...ids] };
    void run(action, chosen).then((sum) => {
      done(told(t, sum), sum.undo);
      selection.clear();
    }, setError);
  };
  const missing = ids.size < shown && !all;
  const beyond = more && !all && ids.size >= shown;
  const shownWords = t("bulk.choose_shown", { count: shown });
  useCommands([
    ...(missing
      ? [{ key: "choose-shown", group: "list" as const, label: shownWords, run: selection.chooseShown }]
      : []),
    ...(beyond
      ? [
          {
            key: "choose-all",
            group: "list" as const,
            label: t("bulk.choose_all"),
            run: selection.chooseAll,
          },
        ]
      : []),
    { key: "choose-stop", group: "list", label: t("bulk.stop"), hint: "Esc", run: selection.clear },
  ]);
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
        {missing ? (
          <Button kind="ghost" onClick={selection.chooseShown}>
            {shownWords}
          </Button>
        ) : null}
        {beyond ? (
          <Button kind="ghost" onClick={selection.chooseAll}>
            {t("bulk.choose_all")}
          </Button>
        ) : null}
        <button
          type="button"
          className={style.close}
          onClick={selection.clear}
          aria-label={t("bulk.stop")}
          aria-keyshortcuts="Escape"
          title={`${t("bulk.stop")} (${t("reply.slash.escape")})`}
        >
          <X size={16} aria-hidden="true" />
        </button>
      </div>
      {ids.size === 0 && !all ? null : (
        <Acts view={view} busy={busy} onAct={act} onAsk={setAsked}>
          <BulkIncident
            from={all ? { view, order } : { ids: [...ids] }}
            busy={busy}
            onDone={selection.clear}
          />
        </Acts>
      )}
      <ErrorLine error={error} />
      {asked ? (
        <Suspense>
          <BulkDialogs asked={asked} onAct={act} onClose={() => setAsked(null)} />
        </Suspense>
      ) : null}
    </section>
  );
}

interface ActsProps {
  view: View;
  busy: boolean;
  onAct: (action: BulkAction) => void;
  onAsk: (asked: BulkAsked | "waive") => void;
  children: ReactNode;
}

/** The usual acts as buttons, the rest behind "more"; each by its key, and in the palette. */
function Acts({ view, busy, onAct, onAsk, children }: ActsProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const alone = useAlone();
  const now = new Date();
  const snooze = (until: Date) => () => onAct({ do: "snooze", until: until.toISOString() });
  const snoozes = [
    { key: "2h", label: t("bulk.in_two_hours"), onSelect: snooze(new Date(now.getTime() + 7_200_000)) },
    { key: "1d", label: t("bulk.tomorrow"), onSelect: snooze(dayAt(now, 1, "09:00", zone)) },
    { key: "7d", label: t("bulk.next_week"), onSelect: snooze(dayAt(now, 7, "09:00", zone)) },
  ];
  const ask = (key: BulkAsked | "waive", label: string, hint?: string): MenuItem => ({
    key,
    label,
    hint,
    onSelect: () => onAsk(key),
  });
  const doing = (action: BulkAction, label: string, hint?: string): MenuItem => ({
    key: action.do,
    label,
    hint,
    onSelect: () => onAct(action),
  });
  const assign = ask("assign", t("bulk.assign"), "A");
  const tag = ask("tag", t("bulk.tag"), "L");
  const close = doing({ do: "close" }, t("bulk.close"), "E");
  const buttons = [...(alone ? [] : [assign]), tag, close];
  const rest = [
    ask("untag", t("bulk.untag")),
    ask("reason", t("attributes.reason"), "M"),
    ask("priority", t("attributes.priority"), "P"),
    ...(alone
      ? []
      : [
          doing({ do: "follow" }, t("conversation.follow"), "F"),
          doing({ do: "unfollow" }, t("conversation.unfollow")),
        ]),
    ask("waive", t("bulk.waive")),
    kindOf(view) === "spam"
      ? doing({ do: "rescue" }, t("bulk.rescue"))
      : doing({ do: "spam" }, t("bulk.spam")),
  ];
  const all = [...buttons, ...rest];
  useKeys(
    Object.fromEntries(all.filter(({ hint }) => hint).map((it) => [it.hint?.toLowerCase(), it.onSelect])),
    !busy,
    true,
  );
  useCommands(
    [
      ...all,
      ...snoozes.map((it) => ({
        ...it,
        label: t("ui.act_on", { act: t("bulk.snooze"), what: it.label }),
        hint: undefined,
      })),
    ].map(
      (it): Command => ({
        key: `bulk-${it.key}`,
        group: "conversation",
        label: t("bulk.command", { act: it.label }),
        hint: it.hint,
        run: it.onSelect,
      }),
    ),
  );
  return (
    <div className={style.acts}>
      {buttons.map(({ key, label, hint, onSelect }) => (
        <Button key={key} busy={busy} hint={hint} onClick={onSelect}>
          {label}
        </Button>
      ))}
      <Menu
        label={t("bulk.snooze")}
        align="start"
        trigger={<Button busy={busy}>{t("bulk.snooze")}</Button>}
        items={snoozes}
      />
      {children}
      <Menu
        label={t("bulk.more")}
        align="end"
        trigger={
          <Button busy={busy} aria-label={t("bulk.more")}>
            <MoreHorizontal size={16} aria-hidden="true" />
          </Button>
        }
        items={rest}
      />
    </div>
  );
}

/** "12 faites, 2 laissées : une réponse est encore due ici." */
function told(t: (key: string, values?: Record<string, unknown>) => string, sum: BulkSum): string {
  const done = t("bulk.done", { count: sum.done });
  const first = sum.refused[0];
  if (!first) return done;
  return t("bulk.refused", { done, count: sum.refused.length, why: said(first.detail) ?? first.detail });
}
