import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, put } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Labels, ShopField } from "@/shared/api/types";

interface Change {
  how: "post" | "put";
  path: string;
  body: unknown;
}

/** Any change of the shop's words; each answers all of them. */
export function useChangeLabels() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ how, path, body }: Change) =>
      how === "post" ? post<Labels>(`/settings/${path}`, body) : put<Labels>(`/settings/${path}`, body),
    onSuccess: (labels) => queries.setQueryData(keys.labels, labels),
  });
}

export type FieldKind = ShopField["kind"];
export const FIELD_KINDS: FieldKind[] = ["text", "number", "date", "choice", "yes_no"];

interface Blocked {
  items: { address: string; at: string }[];
}

export function useBlocked() {
  return useQuery({
    queryKey: keys.blocked,
    queryFn: ({ signal }) => get<Blocked>("/settings/blocked-senders", signal),
    select: (page) => page.items,
  });
}

export function useUnblock() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (address: string) => post<Blocked>("/settings/blocked-senders/unblock", { address }),
    onSuccess: (page) => queries.setQueryData(keys.blocked, page),
  });
}
