import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";

export interface ContactInput {
  key: string;
  channel: "phone" | "counter" | "letter";
  customer: { id: number } | { name: string; address?: string; phone?: string };
  text: string;
  promised: { kind: "call_back" | "send" | "answer" | "other"; text: string; due_at: string } | null;
  answered: boolean;
  conversation: number | null;
  at: string;
}

export function useNoteContact() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (contact: ContactInput) =>
      post<{ conversation: number | { id: number } }>("/contacts", contact),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: keys.lists }),
        queries.invalidateQueries({ queryKey: keys.counts }),
        queries.invalidateQueries({ queryKey: ["conversation"] }),
      ]),
  });
}
