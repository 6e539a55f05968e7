import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Me } from "@/shared/api/types";

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (asked: { email: string; password: string; code?: string }) => post<Me>("/session", asked),
    onSuccess: (me) => {
      queries.clear();
      queries.setQueryData(keys.session, me);
    },
  });
}
