import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { get, query } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Order, Page, Row, View } from "@/shared/api/types";
import { asked } from "@/shared/view";

interface ListPage extends Page<Row> {
  /** The search stopped by its budget: there may be more further back. */
  further?: boolean;
}

export function useList(view: View, order: Order) {
  const list = asked(view, order);
  return useInfiniteQuery({
    queryKey: keys.list(view, list.order ?? "due"),
    queryFn: ({ pageParam, signal }) =>
      get<ListPage>(query("/conversations", { ...list, cursor: pageParam, limit: 50 }), signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    placeholderData: keepPreviousData, // another order of the same list
    // A mail that comes while one reads on may move a row to the next page: it is shown once.
    select: (data) => ({
      rows: unique(data.pages.flatMap((page) => page.items)),
      further: data.pages.at(-1)?.further ?? false,
    }),
  });
}

function unique(rows: Row[]): Row[] {
  const seen = new Set<number>();
  return rows.filter(({ id }) => !seen.has(id) && seen.add(id));
}
