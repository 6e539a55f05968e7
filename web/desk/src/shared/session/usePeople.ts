import { useQuery } from "@tanstack/react-query";
import { get } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Person } from "@/shared/api/types";

export function usePeople(enabled = true) {
  return useQuery({
    queryKey: keys.people,
    queryFn: ({ signal }) => get<{ items: Person[] }>("/people", signal),
    select: (page) => page.items,
    staleTime: 5 * 60_000,
    enabled,
  });
}
