import { useQuery } from "@tanstack/react-query";
import { get } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Mailbox } from "@/shared/api/types";

/** The shop's mailboxes; for whoever runs it. */
export function useMailboxes(enabled = true) {
  return useQuery({
    queryKey: keys.mailboxes,
    queryFn: ({ signal }) => get<{ items: Mailbox[] }>("/settings/mailboxes", signal),
    select: (page) => page.items,
    enabled,
  });
}
