import { useQuery } from "@tanstack/react-query";
import { get } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Party } from "@/shared/api/types";

/** Whom the shop asks inside: warehouse, workshop, suppliers, carriers. */
export function useParties() {
  return useQuery({
    queryKey: keys.parties,
    queryFn: ({ signal }) => get<{ items: Party[] }>("/parties", signal),
    select: (page) => page.items,
    staleTime: 5 * 60_000,
  });
}
