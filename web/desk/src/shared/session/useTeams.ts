import { useQuery } from "@tanstack/react-query";
import { get } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Team } from "@/shared/api/types";

export function useTeams(enabled = true) {
  return useQuery({
    queryKey: keys.teams,
    queryFn: ({ signal }) => get<{ items: Team[] }>("/teams", signal),
    select: (page) => page.items,
    staleTime: 5 * 60_000,
    enabled,
  });
}
