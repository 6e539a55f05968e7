import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Addr, DraftOptions, PromiseInText } from "@/shared/api/types";

export interface Reply {
  /** The same for every try of the same answer: a second press changes nothing. */
  key: string;
  html: string;
  to: Addr[];
  cc: Addr[];
  bcc: Addr[];
  attachments: number[];
  seen_through: number;
  holding_until: string | null;
  send_at: string | null;
  pass_reason: string | null;
  options: DraftOptions;
  promises: PromiseInText[];
}

/** What is known at once: the time until which it can be taken back. */
export interface Sent {
  id: number;
  state: string;
  undo_until: string | null;
}

export function useSend(conversation: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reply: Reply) =>
      post<{ message: { id: number }; delivery: Sent }>(`/conversations/${conversation}/replies`, reply),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: keys.conversation(conversation) }),
        queries.invalidateQueries({ queryKey: keys.lists }),
        queries.invalidateQueries({ queryKey: keys.counts }),
      ]),
  });
}
