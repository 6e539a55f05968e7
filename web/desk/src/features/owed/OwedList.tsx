import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { View } from "@/shared/api/types";
import { useCommands } from "@/shared/commands/commands";
import { useKeys } from "@/shared/keys/useKeys";
import { later, painted } from "@/shared/later";
import { useSignedIn } from "@/shared/session/useMe";
import { cx } from "@/shared/ui/cx";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorState } from "@/shared/ui/States";
import { useList } from "./api/list";
import { goNext } from "./api/next";
import { prefetch } from "./api/prefetch";
import { CourtesyBar } from "./CourtesyBar";
import { ListHead } from "./ListHead";
import { More } from "./More";
import { Nothing } from "./Nothing";
import style from "./OwedList.module.css";
import { Rows } from "./Rows";
import { keepStill } from "./still";
import { useSelection } from "./useSelection";
import { useTitle } from "./useTitle";

const BulkBar = later(() => import("./BulkBar"), "BulkBar");

interface OwedListProps {
  view: View;
  open: number | null;
  className?: string;
}

/** What is owed, by due time or in the order of a Monday; the other lists in the same form. */
export function OwedList({ view, open, className }: OwedListProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const title = useTitle(view);
  const by = useSignedIn().person.list_order;
  const list = useList(view, by);
  const [shown, setShown] = useState<number[]>([]);
  const [called, setCalled] = useState<number[]>([]);
  const fresh = list.data?.rows;
  const still = useMemo(() => keepStill(shown, fresh ?? []), [shown, fresh]);
  const order = still.rows.map(({ id }) => id);
  const selection = useSelection(order);
  const orderKey = order.join();
  useEffect(() => {
    if (fresh) painted();
  }, [fresh]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the order
  useEffect(() => setShown(order), [orderKey]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order begins afresh
  useEffect(() => setShown([]), [by]);

  // Where the next key acts: a quick hand is ahead of the page that is being opened.
  const going = useRef<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is open has caught up with the hand
  useEffect(() => {
    going.current = null;
  }, [open]);

  const at = open === null ? -1 : order.indexOf(open);
  const follows = order[at + 1];
  useEffect(() => {
    if (open === null || follows === undefined) return;
    const timer = setTimeout(() => prefetch(queries, follows), 400);
    return () => clearTimeout(timer);
  }, [open, follows, queries]);

  const go = (id: number) => {
    going.current = id === open ? null : id;
    void navigate({ to: "/$view/$conversation", params: { view, conversation: String(id) } });
  };
  // They take their place in the order, perhaps far below: the first one is gone to.
  const callIn = () => {
    setCalled(still.waiting.map(({ id }) => id));
    setShown([]);
  };
  const step = (by: number) => {
    const under = rowUnderFocus();
    // Back in the list nothing is open: on from the row that was left.
    const here = going.current ?? open ?? under;
    const from = here === null ? -1 : order.indexOf(here);
    const next = order[from < 0 ? 0 : from + by];
    if (next === undefined) return;
    // The row that has the focus would keep the keys of what is chosen: it goes along.
    if (under !== null) focusRow(next);
    go(next);
  };
  const choose = () => {
    const id = rowUnderFocus() ?? going.current ?? open;
    if (id !== null) selection.toggle(id);
  };
  useCommands([
    { key: "down", group: "list", label: t("keys.down"), hint: "J", run: () => step(1) },
    { key: "up", group: "list", label: t("keys.up"), hint: "K", run: () => step(-1) },
    { key: "choose", group: "list", label: t("keys.choose"), hint: "X", run: choose },
  ]);
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    n: () => void goNext(open, by).then((id) => (id ? go(id) : undefined)),
    x: choose,
  });
  // Before it leaves what is open.
  useKeys({ escape: selection.clear }, selection.on, true);

  return (
    <section
      className={cx(style.list, selection.on && style.choosing, className)}
      aria-label={title}
      data-scroll=""
    >
      <ListHead
        view={view}
        title={title}
        order={by}
        fresh={still.waiting.length}
        onFresh={callIn}
        selection={selection}
      />
      {selection.on ? (
        <Suspense fallback={<HeldKeys />}>
          <BulkBar
            view={view}
            order={by}
            selection={selection}
            shown={order.length}
            more={Boolean(list.hasNextPage)}
          />
        </Suspense>
      ) : null}
      {view === "courtesy" && order.length > 0 && !selection.on ? <CourtesyBar count={order.length} /> : null}
      {list.isPending ? (
        <Skeleton lines={9} />
      ) : list.isError && !list.data ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : order.length === 0 && !list.data?.further ? (
        <Nothing view={view} />
      ) : (
        <Rows rows={still.rows} view={view} open={open} called={called} selection={selection} />
      )}
      {list.hasNextPage ? (
        <More
          busy={list.isFetchingNextPage}
          words={list.data?.further ? t("owed.further") : t("owed.more")}
          byItself={!list.data?.further}
          onMore={() => void list.fetchNextPage()}
        />
      ) : null}
    </section>
  );
}

/** Until the bar is there, its keys must not reach the conversation that is open. */
function HeldKeys() {
  const held = () => undefined;
  useKeys({ a: held, l: held, e: held, m: held, p: held, f: held }, true, true);
  return null;
}

/** The row that the keyboard stands on, open or not. */
function rowUnderFocus(): number | null {
  const row = document.activeElement?.closest<HTMLElement>("[data-conversation]");
  return row ? Number(row.dataset.conversation) : null;
}

function focusRow(id: number) {
  document.querySelector<HTMLElement>(`[data-conversation="${id}"] a`)?.focus({ preventScroll: true });
}
