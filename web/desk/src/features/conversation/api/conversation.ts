import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Conversation } from "@/shared/api/types";

export function useConversation(id: number) {
  return useQuery({
    queryKey: keys.conversation(id),
    queryFn: ({ signal }) => get<Conversation>(`/conversations/${id}`, signal),
    // The one before stays until this one is there only if it is the same one: never somebody else's words.
    placeholderData: (previous, before) =>
      before?.queryKey[1] === id ? keepPreviousData(previous) : undefined,
  });
}
