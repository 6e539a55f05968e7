import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";

export function useSuggestion(conversation: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, accept }: { id: number; accept: boolean }) =>
      post(`/suggestions/${id}/${accept ? "accept" : "decline"}`),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: keys.conversation(conversation) }),
        queries.invalidateQueries({ queryKey: keys.lists }),
      ]),
  });
}
