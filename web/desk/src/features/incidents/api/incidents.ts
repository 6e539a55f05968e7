import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, put } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type {
  Incident,
  IncidentAnswer,
  IncidentInput,
  IncidentRound,
  SuggestedConversation,
  Undo,
} from "@/shared/api/types";

export interface Answers {
  round: IncidentRound;
  rounds: number;
  answers: IncidentAnswer[];
}

export function useIncident(id: number) {
  return useQuery({
    queryKey: keys.incident(id),
    queryFn: ({ signal }) => get<Incident>(`/incidents/${id}`, signal),
  });
}

/** Each conversation's own text, read by the guard; while it is sent, how far it is. */
export function useAnswers(id: number) {
  return useQuery({
    queryKey: [...keys.incident(id), "answers"],
    queryFn: ({ signal }) => get<Answers>(`/incidents/${id}/answers`, signal),
  });
}

export function useSuggested(id: number) {
  return useQuery({
    queryKey: [...keys.incident(id), "suggested"],
    queryFn: ({ signal }) =>
      get<{ conversations: SuggestedConversation[] }>(`/incidents/${id}/suggested`, signal),
    select: ({ conversations }) => conversations,
  });
}

/** Opens an incident, or changes the one that is given. */
export function useKeepIncident(kept?: Incident) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: IncidentInput) =>
      kept
        ? put<Incident>(`/incidents/${kept.id}`, { ...input, revision: kept.revision })
        : post<Incident>("/incidents", input),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.incidents }),
  });
}

/** One act on an incident by its name in the address. */
export function useAct<T = Incident>(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ act, body }: { act: string; body?: unknown }) =>
      post<T>(`/incidents/${id}/${act}`, body ?? {}),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.incidents }),
  });
}

export interface Started {
  waiting: number;
  undo: Undo;
}

export interface RoundText {
  text_fr: string;
  text_en: string;
  holding_until: string | null;
  per_minute: number;
  revision: number;
}

export function useWrite(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (text: RoundText) => put<Incident>(`/incidents/${id}/text`, text),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.incident(id) }),
  });
}

export interface Edit {
  conversation: number;
  html?: string;
  excluded?: boolean;
  included?: boolean;
  pass_reason?: string;
}

export function useEdit(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ conversation, ...edit }: Edit) =>
      put<Incident>(`/incidents/${id}/answers/${conversation}`, edit),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.incident(id) }),
  });
}
