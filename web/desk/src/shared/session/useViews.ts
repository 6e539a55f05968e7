import { useQuery } from "@tanstack/react-query";
import { get } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Beside } from "@/shared/api/types";

/** The lists that a shop and its people made: saved views, teams and tags. */
export function useViews() {
  return useQuery({ queryKey: keys.views, queryFn: ({ signal }) => get<Beside>("/views", signal) });
}
