import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, remove } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { MailboxAudit } from "@/shared/api/types";

const path = (mailbox: number) => `/settings/mailboxes/${mailbox}/audit`;
export const underWay = (it: MailboxAudit | undefined) => it?.state === "waiting" || it?.state === "reading";

/** Asked again each second while it reads, so that one sees it get on. */
export function useAudit(mailbox: number) {
  return useQuery({
    queryKey: keys.audit(mailbox),
    queryFn: ({ signal }) => get<MailboxAudit>(path(mailbox), signal),
    refetchInterval: (it) => (underWay(it.state.data) ? 1000 : false),
  });
}

export function useAuditAct(mailbox: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (verb: "start" | "cancel" | "forget") =>
      verb === "start"
        ? post(path(mailbox))
        : verb === "cancel"
          ? post(`${path(mailbox)}/cancel`)
          : remove(path(mailbox)),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.audit(mailbox) }),
  });
}
