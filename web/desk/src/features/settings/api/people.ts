import { useMutation, useQueryClient } from "@tanstack/react-query";
import { patch, post, put, remove } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Person, Role } from "@/shared/api/types";

function usePeopleChanged() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: keys.people }),
      queries.invalidateQueries({ queryKey: keys.session }),
    ]);
}

export function useInvite() {
  const changed = usePeopleChanged();
  return useMutation({
    mutationFn: (person: { name: string; email: string; role: Role }) =>
      post<Person & { invite_link: string }>("/settings/people", person),
    onSettled: changed,
  });
}

export function useChangePerson(id: number) {
  const changed = usePeopleChanged();
  return useMutation({
    mutationFn: (part: { role?: Role; active?: boolean }) => patch<Person>(`/settings/people/${id}`, part),
    onSettled: changed,
  });
}

export function useAbsence(id: number) {
  const changed = usePeopleChanged();
  return useMutation({
    mutationFn: (absence: { from: string; to: string; substitute: number | null } | null) =>
      absence ? put(`/settings/people/${id}/absence`, absence) : remove(`/settings/people/${id}/absence`),
    onSettled: changed,
  });
}
