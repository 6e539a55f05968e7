import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post, put } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { MailboxConfig } from "@/shared/api/types";

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
