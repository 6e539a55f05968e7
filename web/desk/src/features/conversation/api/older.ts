import { useMutation, useQueryClient } from "@tanstack/react-query";
import { get, query } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Conversation, Entry } from "@/shared/api/types";

/** The part of a long conversation before what is shown, put in front of it. */
export function useOlder(conversation: Conversation) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      get<{ timeline: Entry[]; older: string }>(
        query(`/conversations/${conversation.id}/older`, { before: conversation.older }),
      ),
    onSuccess: ({ timeline, older }) =>
      queries.setQueryData<Conversation>(keys.conversation(conversation.id), (shown) =>
        shown ? { ...shown, older, timeline: [...timeline, ...shown.timeline] } : shown,
      ),
  });
}
