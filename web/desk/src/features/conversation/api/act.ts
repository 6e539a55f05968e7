import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Conversation, Undo } from "@/shared/api/types";

/** What a person can do to a conversation, with what each needs to know. */
export interface Acts {
  assign: { person: number | null };
  snooze: { until: string };
  unsnooze: Record<string, never>;
  close: Record<string, never>;
  reopen: Record<string, never>;
  waive: { promise: number; reason: string };
  escalate: { question: string };
  spam: Record<string, never>;
  rescue: Record<string, never>;
  "never-waits": Record<string, never>;
  merge: { into: number };
  wait: Record<string, never>;
  done: { promise: number };
  sorted: Record<string, never>;
  team: { team: number | null };
  reason: { reason: number | null; product: string; cause: string };
  tag: { tag?: number; name?: string; on: boolean };
  priority: { priority: number };
  language: { language: string };
  field: { field: number; value: string };
  follow: { on: boolean };
  link: { other: number; on: boolean };
  split: { messages: number[]; onwards: boolean };
  block: Record<string, never>;
  "snooze-until-answer": Record<string, never>;
}

export type Act = { [K in keyof Acts]: { verb: K; body: Acts[K] } }[keyof Acts];

type Head = Omit<Conversation, "timeline"> & { undo?: Undo | null };

export function useAct(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ verb, body }: Act) => post<Head>(`/conversations/${id}/${verb}`, body),
    onSuccess: ({ undo: _, ...head }) => {
      if (head.id !== id) return; // a split answers the new conversation
      queries.setQueryData<Conversation>(keys.conversation(id), (shown) =>
        shown ? { ...shown, ...head } : shown,
      );
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: keys.conversation(id) }),
        queries.invalidateQueries({ queryKey: keys.lists }),
        queries.invalidateQueries({ queryKey: keys.counts }),
        queries.invalidateQueries({ queryKey: keys.labels }),
      ]),
  });
}
