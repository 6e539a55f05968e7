import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { address, get, post, query } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Page } from "@/shared/api/types";

export interface Unreadable {
  id: number;
  arrived_at: string;
  mailbox: string | { id: number; name: string } | null;
  size: number;
  reason: string;
  from_guess: string;
  subject_guess: string;
  state: string;
}

export function useQuarantine() {
  return useInfiniteQuery({
    queryKey: keys.quarantine,
    queryFn: ({ pageParam, signal }) =>
      get<Page<Unreadable>>(query("/quarantine", { cursor: pageParam }), signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
}

// A mail that could not be parsed may be of any size: enough is read to understand it.
const SHOWN = 200_000;

export function useRaw(id: number, wanted: boolean) {
  return useQuery({
    queryKey: ["raw", id],
    queryFn: async ({ signal }) => {
      const answer = await fetch(address(`/quarantine/${id}/raw`), { signal, credentials: "same-origin" });
      if (!answer.ok) throw new TypeError("raw");
      return (await answer.text()).slice(0, SHOWN);
    },
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Parsed once more: after an update, what was unreadable may be read. */
export function useReplay() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) =>
      post<{ conversation: number | null; error: string }>(`/quarantine/${id}/replay`),
    onSettled: () => queries.invalidateQueries(),
  });
}

export function useSetAside() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: { id: number; reason: string }) =>
      post(`/quarantine/${id}/set-aside`, { reason }),
    onSettled: () => queries.invalidateQueries(),
  });
}
