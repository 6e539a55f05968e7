import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post, put } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Team } from "@/shared/api/types";

export interface TeamInput {
  name: string;
  lead: number | null;
  members: number[];
  mailboxes: number[];
}

export function useSaveTeam(id: number | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (team: TeamInput) =>
      id === null
        ? post<{ items: Team[] }>("/settings/teams", team)
        : put<{ items: Team[] }>(`/settings/teams/${id}`, team),
    onSuccess: (page) => queries.setQueryData(keys.teams, page),
  });
}

export function useArchiveTeam(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (archived: boolean) => post<{ items: Team[] }>(`/settings/teams/${id}/archive`, { archived }),
    onSuccess: (page) => queries.setQueryData(keys.teams, page),
  });
}
