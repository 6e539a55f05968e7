import { ArrowDownUp, ListChecks } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Order, View } from "@/shared/api/types";
import { useCommands } from "@/shared/commands/commands";
import { Button } from "@/shared/ui/Button";
import { hasOrder, kindOf } from "@/shared/view";
import { useSetOrder } from "./api/order";
import style from "./OwedList.module.css";
import type { Selection } from "./useSelection";

interface ListHeadProps {
  view: View;
  title: string;
  order: Order;
  fresh: number;
  onFresh: () => void;
  selection: Selection;
}

/** What the list is, by what it is ordered, what is new, and the way to choose several. */
export function ListHead({ view, title, order, fresh, onFresh, selection }: ListHeadProps) {
  const { t } = useTranslation();
  const set = useSetOrder();
  const other: Order = order === "rank" ? "due" : "rank";
  useCommands([
    ...(hasOrder(view)
      ? [
          {
            key: "order",
            group: "list" as const,
            label: t(`owed.switch.${other}`),
            run: () => set.mutate(other),
          },
        ]
      : []),
    ...(fresh > 0
      ? [{ key: "fresh", group: "list" as const, label: t("owed.call_in", { count: fresh }), run: onFresh }]
      : []),
    ...(selection.on
      ? []
      : [{ key: "choose-start", group: "list" as const, label: t("bulk.start"), run: selection.start }]),
  ]);
  return (
    <header className={style.top}>
      <h1 className={style.title}>
        <b>{title}</b>{" "}
        {hasOrder(view) ? (
          <button
            type="button"
            className={style.order}
            title={t(`owed.switch.${other}`)}
            onClick={() => set.mutate(other)}
          >
            {t(order === "rank" ? "owed.order.rank" : "owed.order.owed")}
            <ArrowDownUp size={12} aria-hidden="true" />
          </button>
        ) : (
          <span>{t(`owed.order.${kindOf(view)}`)}</span>
        )}
      </h1>
      <span className={style.tools}>
        <span aria-live="polite">
          {fresh > 0 ? (
            <Button kind="ghost" className={style.fresh} onClick={onFresh}>
              {t("owed.fresh", { count: fresh })}
            </Button>
          ) : null}
        </span>
        <button
          type="button"
          className={style.tool}
          aria-pressed={selection.on}
          aria-label={t("bulk.start")}
          aria-keyshortcuts="x"
          title={t("bulk.start_key")}
          onClick={selection.on ? selection.clear : selection.start}
        >
          <ListChecks size={16} aria-hidden="true" />
        </button>
      </span>
    </header>
  );
}
