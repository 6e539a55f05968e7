import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, put } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { ShopWords } from "@/shared/api/types";

export function useWordLists() {
  return useQuery({
    queryKey: keys.words,
    queryFn: ({ signal }) => get<ShopWords>("/settings/words", signal),
  });
}

export function useSaveWords() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (words: ShopWords) => put<ShopWords>("/settings/words", words),
    onSuccess: (words) => queries.setQueryData(keys.words, words),
  });
}
