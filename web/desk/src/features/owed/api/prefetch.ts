import type { QueryClient } from "@tanstack/react-query";
import { get } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Conversation } from "@/shared/api/types";

/** Read before the click, so that the click only paints. */
export function prefetch(queries: QueryClient, id: number): void {
  void queries.prefetchQuery({
    queryKey: keys.conversation(id),
    queryFn: () => get<Conversation>(`/conversations/${id}`),
    staleTime: 20_000,
  });
}
