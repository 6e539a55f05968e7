import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Entry } from "@/shared/api/types";

export function useAddNote(conversation: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (note: { key: string; html: string; mentions?: number[] }) =>
      post<Entry>(`/conversations/${conversation}/notes`, note),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.conversation(conversation) }),
  });
}
