import { useQuery } from "@tanstack/react-query";
import { get } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Counts } from "@/shared/api/types";

export function useCounts() {
  return useQuery({ queryKey: keys.counts, queryFn: ({ signal }) => get<Counts>("/counts", signal) });
}

/** A count as it is shown: capped, so that its cost never grows with the archive. */
export function shownCount(count: number): string {
  return count >= 1000 ? "999+" : String(count);
}
