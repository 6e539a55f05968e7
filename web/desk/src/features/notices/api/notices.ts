import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, query } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Notice, Page } from "@/shared/api/types";

export function useNotices(enabled: boolean) {
  return useQuery({
    queryKey: keys.notices,
    queryFn: ({ signal }) => get<{ items: Notice[]; unseen: number }>("/notices?limit=20", signal),
    staleTime: 60_000,
    enabled,
  });
}

/** All of one's notices, newest first, or those not seen yet. */
export function useAllNotices(unseen: boolean) {
  return useInfiniteQuery({
    queryKey: [...keys.notices, unseen],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Notice>>(
        query("/notices", { unseen: unseen || undefined, limit: 50, cursor: pageParam }),
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });
}

export function useSeeNotices() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => post("/notices/seen", {}),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.notices }),
  });
}
