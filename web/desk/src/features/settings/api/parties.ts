import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post, put } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Party, PartyInput } from "@/shared/api/types";

export const PARTY_KINDS: Party["kind"][] = ["warehouse", "workshop", "supplier", "carrier", "other"];

/** Adds an inside contact (null) or changes one; the answer is the whole list. */
export function useSaveParty(id: number | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (party: PartyInput) =>
      id === null
        ? post<{ items: Party[] }>("/settings/parties", party)
        : put<{ items: Party[] }>(`/settings/parties/${id}`, party),
    onSuccess: (page) => queries.setQueryData(keys.parties, page),
  });
}
