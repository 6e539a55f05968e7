import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Notice } from "@/shared/api/types";

export function useNotices(enabled: boolean) {
  return useQuery({
    queryKey: keys.notices,
    queryFn: ({ signal }) => get<{ items: Notice[]; unseen: number }>("/notices?limit=20", signal),
    staleTime: 60_000,
    enabled,
  });
}

export function useSeeNotices() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => post("/notices/seen", {}),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.notices }),
  });
}
