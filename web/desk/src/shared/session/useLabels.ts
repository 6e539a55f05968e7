import { useQuery } from "@tanstack/react-query";
import { get } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Labels } from "@/shared/api/types";

/** The shop's own words for its conversations: reasons, tags, fields. */
export function useLabels(enabled = true) {
  return useQuery({
    queryKey: keys.labels,
    queryFn: ({ signal }) => get<Labels>("/labels", signal),
    staleTime: 5 * 60_000,
    enabled,
  });
}
