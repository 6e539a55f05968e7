import { useInfiniteQuery } from "@tanstack/react-query";
import { get, query } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Page, Row, View } from "@/shared/api/types";

export function useList(view: View) {
  return useInfiniteQuery({
    queryKey: keys.list(view),
    queryFn: ({ pageParam, signal }) =>
      get<Page<Row>>(query("/conversations", { view, cursor: pageParam, limit: 50 }), signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    // A mail that comes while one reads on may move a row to the next page: it is shown once.
    select: (data) => unique(data.pages.flatMap((page) => page.items)),
  });
}

function unique(rows: Row[]): Row[] {
  const seen = new Set<number>();
  return rows.filter(({ id }) => !seen.has(id) && seen.add(id));
}
