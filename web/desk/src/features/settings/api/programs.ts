import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, put, query, remove } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { APIKey, Id, Page, Webhook, WebhookDelivery } from "@/shared/api/types";

export function useApiKeys() {
  return useQuery({
    queryKey: keys.apiKeys,
    queryFn: ({ signal }) => get<{ items: APIKey[]; scopes: string[] }>("/settings/keys", signal),
  });
}

function useRefresh(key: readonly unknown[]) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: key });
}

export function useCreateKey() {
  const refresh = useRefresh(keys.apiKeys);
  return useMutation({
    mutationFn: (wish: { name: string; scopes: string[]; expires_at?: string }) =>
      post<APIKey & { key: string }>("/settings/keys", wish),
    onSettled: refresh,
  });
}

export function useRevokeKey() {
  const refresh = useRefresh(keys.apiKeys);
  return useMutation({ mutationFn: (id: Id) => remove(`/settings/keys/${id}`), onSettled: refresh });
}

export function useWebhooks() {
  return useQuery({
    queryKey: keys.webhooks,
    queryFn: ({ signal }) => get<{ items: Webhook[]; kinds: string[] }>("/settings/webhooks", signal),
  });
}

export interface WebhookInput {
  name: string;
  url: string;
  kinds: string[];
}

/** Makes a webhook, or changes one; only a new one has a secret to show. */
export function useSaveWebhook(id?: Id) {
  const refresh = useRefresh(keys.webhooks);
  return useMutation({
    mutationFn: (wish: WebhookInput) =>
      id
        ? put<Webhook & { secret?: string }>(`/settings/webhooks/${id}`, wish)
        : post<Webhook & { secret?: string }>("/settings/webhooks", wish),
    onSettled: refresh,
  });
}

export type WebhookAct = "pause" | "resume" | "skip" | "test" | "delete";

export function useWebhookAct(id: Id) {
  const refresh = useRefresh(keys.webhooks);
  return useMutation({
    mutationFn: (act: WebhookAct) => {
      const path = `/settings/webhooks/${id}`;
      if (act === "delete") return remove(path);
      if (act === "skip") return post(`${path}/resume`, { skip_missed: true });
      return post(`${path}/${act}`);
    },
    onSettled: refresh,
  });
}

export function useRotate(id: Id) {
  return useMutation({ mutationFn: () => post<{ secret: string }>(`/settings/webhooks/${id}/secret`) });
}

export function useWebhookLog(id: Id) {
  return useInfiniteQuery({
    queryKey: keys.webhookLog(id),
    queryFn: ({ pageParam, signal }) =>
      get<Page<WebhookDelivery>>(
        query(`/settings/webhooks/${id}/deliveries`, { cursor: pageParam, limit: 30 }),
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
    refetchInterval: 3000, // an attempt is no event: the log is looked at while it is open
  });
}

export function useReplay(id: Id) {
  const refresh = useRefresh(keys.webhookLog(id));
  return useMutation({
    mutationFn: (delivery: Id) => post(`/settings/webhooks/${id}/deliveries/${delivery}/replay`),
    onSettled: refresh,
  });
}

export function useReplaySince(id: Id) {
  const refresh = useRefresh(keys.webhookLog(id));
  return useMutation({
    mutationFn: (since: string) => post<{ count: number }>(`/settings/webhooks/${id}/replay`, { since }),
    onSettled: refresh,
  });
}
