import { useMutation, useQueryClient } from "@tanstack/react-query";
import { remove } from "@/shared/api/call";

/** Ends the session; whatever it had read is forgotten with it. */
export function useSignOut(onGone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => remove("/session"),
    onSuccess: () => {
      queries.clear();
      onGone();
    },
  });
}
