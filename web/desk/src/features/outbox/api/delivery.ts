import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "@/shared/api/call";
import type { Delivery } from "@/shared/api/types";

/** A stuck mail is tried again, or dropped with a reason: then the answer stays owed. */
export function useUnstick(delivery: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (cancel: { reason: string } | null) =>
      post<Delivery>(`/deliveries/${delivery}/${cancel ? "cancel" : "retry"}`, cancel ?? {}),
    onSettled: () => queries.invalidateQueries(),
  });
}
