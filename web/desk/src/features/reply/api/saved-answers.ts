import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get, post, query } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { KnownFact, RenderedAnswer, SavedAnswer, SavedAnswerFolder } from "@/shared/api/types";

export interface SavedAnswers {
  answers: SavedAnswer[];
  folders: SavedAnswerFolder[];
}

/** What is found behind the slash, while one types. */
export function useSavedAnswers(q: string, lang: string, on: boolean) {
  return useQuery({
    queryKey: [...keys.savedAnswers, "slash", lang, q],
    queryFn: ({ signal }) => get<SavedAnswers>(query("/saved-answers", { q, lang }), signal),
    enabled: on,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

export function renderAnswer(id: number, conversation: number, lang: string): Promise<RenderedAnswer> {
  return get<RenderedAnswer>(query(`/saved-answers/${id}/rendered`, { conversation, lang }));
}

export function tellUsed(id: number): void {
  void post(`/saved-answers/${id}/used`).catch(() => undefined);
}

export function useFacts(conversation: number, lang: string) {
  return useQuery({
    queryKey: ["facts", conversation, lang],
    queryFn: ({ signal }) =>
      get<{ facts: KnownFact[] }>(query("/facts", { conversation, lang }), signal).then(({ facts }) =>
        facts.filter(({ text }) => text !== ""),
      ),
    staleTime: 60_000,
  });
}
