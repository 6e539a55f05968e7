import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, put, query, remove } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type {
  RenderedAnswer,
  SavedAnswer,
  SavedAnswerFolder,
  SavedAnswerInput,
  SavedAnswerWhole,
  Undo,
} from "@/shared/api/types";

export function useSavedAnswers(find: { q: string; folder: number; archived: boolean }) {
  return useQuery({
    queryKey: [...keys.savedAnswers, "list", find],
    queryFn: ({ signal }) =>
      get<{ answers: SavedAnswer[]; folders: SavedAnswerFolder[] }>(
        query("/saved-answers", { q: find.q, folder: find.folder || "", archived: find.archived || "" }),
        signal,
      ),
    placeholderData: keepPreviousData,
  });
}

export function useSavedAnswer(id: number) {
  return useQuery({
    queryKey: [...keys.savedAnswers, id],
    queryFn: ({ signal }) => get<SavedAnswerWhole>(`/saved-answers/${id}`, signal),
    enabled: id > 0,
  });
}

/** As it reads with a made-up customer and the shop's own facts. */
export function useSample(html: string, lang: "fr" | "en") {
  return useQuery({
    queryKey: [...keys.savedAnswers, "sample", lang, html],
    queryFn: () => post<RenderedAnswer>("/saved-answers/sample", { html, lang }),
    enabled: html !== "",
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
  });
}

export function useSaveAnswer(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: SavedAnswerInput & { revision: number }) =>
      id > 0
        ? put<SavedAnswerWhole>(`/saved-answers/${id}`, input)
        : post<SavedAnswerWhole>("/saved-answers", { ...input, revision: undefined }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.savedAnswers }),
  });
}

export function useArchiveAnswer() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => remove<{ undo: Undo }>(`/saved-answers/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.savedAnswers }),
  });
}
