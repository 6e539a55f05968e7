import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { get, query } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Found, Results, Suggestions } from "@/shared/api/types";

export type Order = "newest" | "relevance";

export function useSearch(q: string, order: Order) {
  return useInfiniteQuery({
    queryKey: keys.search(q, order),
    enabled: q.trim() !== "",
    queryFn: ({ pageParam, signal }) =>
      get<Results>(query("/search", { q, order, cursor: pageParam, limit: 25 }), signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    select: ({ pages }) => ({
      found: once(pages.flatMap((page) => page.conversations)),
      people: pages[0]?.people ?? [],
      whole: pages.every(({ whole }) => whole),
      further: pages.at(-1)?.further ?? false,
    }),
  });
}

function once(all: Found[]): Found[] {
  const seen = new Set<number>();
  return all.filter(({ conversation: { id } }) => !seen.has(id) && seen.add(id));
}

/** What the server offers for what is typed so far; the last answer stays while the next is fetched. */
export function useSuggestions(typed: string) {
  return useQuery({
    queryKey: keys.suggestions(typed),
    enabled: typed.trim() !== "",
    queryFn: ({ signal }) => get<Suggestions>(query("/search/suggest", { q: typed }), signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
}
