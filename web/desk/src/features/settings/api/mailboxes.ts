import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, put } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Mailbox, MailboxConfig } from "@/shared/api/types";

export function useMailboxes() {
  return useQuery({
    queryKey: keys.mailboxes,
    queryFn: ({ signal }) => get<{ items: Mailbox[] }>("/settings/mailboxes", signal),
    select: (page) => page.items,
  });
}

export function useSaveMailbox() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, mailbox }: { id: number | null; mailbox: MailboxConfig }) =>
      id === null ? post("/settings/mailboxes", mailbox) : put(`/settings/mailboxes/${id}`, mailbox),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.mailboxes }),
  });
}

export function useMailboxAct(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (verb: "reconcile" | "pause" | "resume") => post(`/settings/mailboxes/${id}/${verb}`),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.mailboxes }),
  });
}
