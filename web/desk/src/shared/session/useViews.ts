import { useQuery } from "@tanstack/react-query";
import { get } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { SavedView, TeamList } from "@/shared/api/types";

interface Beside {
  views: SavedView[];
  teams: TeamList[];
}

/** The lists that a shop and its people made: saved views and teams. */
export function useViews() {
  return useQuery({ queryKey: keys.views, queryFn: ({ signal }) => get<Beside>("/views", signal) });
}
