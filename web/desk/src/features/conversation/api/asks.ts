import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Conversation } from "@/shared/api/types";

/** A question to somebody inside. */
export interface AskInput {
  /** The same for every try: a second press changes nothing. */
  key: string;
  party: number | null;
  name: string;
  address: string;
  language: "fr" | "en";
  question: string;
  due_at: string | null;
  messages: number[];
  attachments: number[];
  product: boolean;
}

type Head = Omit<Conversation, "timeline">;

function useShown(conversation: number) {
  const queries = useQueryClient();
  return {
    onSuccess: (head: Head) =>
      queries.setQueryData<Conversation>(keys.conversation(conversation), (shown) =>
        shown ? { ...shown, ...head } : shown,
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.conversation(conversation) }),
  };
}

export function useAskInside(conversation: number) {
  return useMutation({
    mutationFn: ({ address, name, language, ...ask }: AskInput) =>
      post<Head>(
        `/conversations/${conversation}/asks`,
        ask.party ? ask : { ...ask, address, name, language },
      ),
    ...useShown(conversation),
  });
}

export function useWithdrawAsk(conversation: number) {
  return useMutation({
    mutationFn: (ask: number) => post<Head>(`/asks/${ask}/withdraw`, {}),
    ...useShown(conversation),
  });
}
