import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { View } from "@/shared/api/types";
import { useKeys } from "@/shared/keys/useKeys";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorState } from "@/shared/ui/States";
import { useList } from "./api/list";
import { goNext } from "./api/next";
import { CourtesyBar } from "./CourtesyBar";
import { ListRow } from "./ListRow";
import { Nothing } from "./Nothing";
import style from "./OwedList.module.css";
import { keepStill } from "./still";

interface OwedListProps {
  view: View;
  open: number | null;
  className?: string;
}

/** What is owed, by due time; the other views in the same form. */
export function OwedList({ view, open, className }: OwedListProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useList(view);
  const [shown, setShown] = useState<number[]>([]);
  const [called, setCalled] = useState<number[]>([]);
  const still = useMemo(() => keepStill(shown, list.data ?? []), [shown, list.data]);
  const order = still.rows.map(({ id }) => id);
  const orderKey = order.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the order
  useEffect(() => setShown(order), [orderKey]);

  const go = (id: number) =>
    void navigate({ to: "/$view/$conversation", params: { view, conversation: String(id) } });
  // They take their place by due time, perhaps far below: the first one is gone to.
  const callIn = () => {
    setCalled(still.waiting.map(({ id }) => id));
    setShown([]);
  };
  const step = (by: number) => {
    const at = open === null ? -1 : order.indexOf(open);
    const next = order[at < 0 ? 0 : at + by];
    if (next !== undefined) go(next);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    n: () => void goNext(open).then((id) => (id ? go(id) : undefined)),
  });

  return (
    <section className={cx(style.list, className)} aria-label={t(`nav.${view}`)}>
      <header className={style.top}>
        <h1 className={style.title}>
          <b>{t(`nav.${view}`)}</b> <span>{t(`owed.order.${view}`)}</span>
        </h1>
        <span aria-live="polite">
          {still.waiting.length > 0 ? (
            <Button kind="ghost" className={style.fresh} onClick={callIn}>
              {t("owed.fresh", { count: still.waiting.length })}
            </Button>
          ) : null}
        </span>
      </header>
      {view === "courtesy" && order.length > 0 ? <CourtesyBar count={order.length} /> : null}
      {list.isPending ? (
        <Skeleton lines={9} />
      ) : list.isError && !list.data ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : order.length === 0 ? (
        <Nothing view={view} />
      ) : (
        <ul>
          {still.rows.map((row) => (
            <ListRow
              key={row.id}
              row={row}
              view={view}
              open={row.id === open}
              called={called.includes(row.id)}
              first={row.id === called[0]}
            />
          ))}
        </ul>
      )}
      {list.hasNextPage ? (
        <More busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
      ) : null}
    </section>
  );
}

/** Reads on when its end comes into sight; a button for whoever comes by keyboard. */
function More({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  const read = useRef(onMore);
  read.current = onMore;
  useEffect(() => {
    if (busy || !end.current || typeof IntersectionObserver === "undefined") return;
    const watch = new IntersectionObserver((seen) => seen.some((it) => it.isIntersecting) && read.current(), {
      rootMargin: "400px",
    });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [busy]);
  return (
    <div ref={end} className={style.more}>
      <Button kind="ghost" busy={busy} onClick={onMore}>
        {t("owed.more")}
      </Button>
    </div>
  );
}
