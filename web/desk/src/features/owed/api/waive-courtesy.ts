import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Undo } from "@/shared/api/types";

/** One gesture for the whole tray of thanks. */
export function useWaiveCourtesy() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids: number[] | null) =>
      post<{ count: number; undo?: Undo | null }>("/courtesy/waive", { ids }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: keys.lists }),
        queries.invalidateQueries({ queryKey: keys.counts }),
      ]),
  });
}
