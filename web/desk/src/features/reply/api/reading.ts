import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { PromiseInText } from "@/shared/api/types";
import type { Sent } from "./send";

export interface ReadingInput {
  /** Null for the person in charge. */
  reader: number | null;
  revision: number;
  pass_reason: string;
  send_at: string | null;
  promises: PromiseInText[];
}

function useSettled(conversation: number) {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: keys.conversation(conversation) }),
      queries.invalidateQueries({ queryKey: keys.lists }),
      queries.invalidateQueries({ queryKey: keys.counts }),
    ]);
}

/** Has a colleague read the draft before it leaves. */
export function useAskReading(conversation: number) {
  return useMutation({
    mutationFn: (asked: ReadingInput) => post(`/conversations/${conversation}/readings`, asked),
    onSettled: useSettled(conversation),
  });
}

export function useApprove(conversation: number) {
  return useMutation({
    mutationFn: ({ reading, ...body }: { reading: number; seen_through: number; pass_reason: string }) =>
      post<{ message: { id: number }; delivery: Sent }>(`/readings/${reading}/approve`, body),
    onSettled: useSettled(conversation),
  });
}

/** Ends a second reading without sending: given back with a note, or taken back. */
export function useEndReading(conversation: number) {
  return useMutation({
    mutationFn: ({ reading, note }: { reading: number; note?: string }) =>
      note === undefined
        ? post(`/readings/${reading}/withdraw`, {})
        : post(`/readings/${reading}/return`, { note }),
    onSettled: useSettled(conversation),
  });
}
