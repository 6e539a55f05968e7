import { useInfiniteQuery } from "@tanstack/react-query";
import { get, query } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Delivery, Page } from "@/shared/api/types";

export const STATES = ["all", "held", "uncertain", "failed", "local"] as const;
export type OutboxState = (typeof STATES)[number];

export interface OutboxItem {
  delivery: Delivery;
  conversation: { id: number; number: number; subject: string } | null;
  to: string;
  subject: string;
  text: string;
  at: string;
  kind: string;
}

export function useOutbox(state: OutboxState) {
  return useInfiniteQuery({
    queryKey: [...keys.outbox, state],
    queryFn: ({ pageParam, signal }) =>
      get<Page<OutboxItem>>(query("/outbox", { state, cursor: pageParam }), signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
}
