import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, query } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { GuardAlarms, Page, PassedReason } from "@/shared/api/types";

export function useAlarms() {
  return useQuery({
    queryKey: keys.alarms,
    queryFn: ({ signal }) => get<GuardAlarms>("/false-alarms", signal),
  });
}

export function usePassed() {
  return useInfiniteQuery({
    queryKey: keys.passed,
    queryFn: ({ pageParam, signal }) =>
      get<Page<PassedReason>>(query("/passed-reasons", { cursor: pageParam, limit: 30 }), signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
  });
}

export function useGuardAct() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (act: { alarm: number; verdict: string } | { rule: string }) =>
      "rule" in act
        ? post(`/guard-rules/${act.rule}/restore`)
        : post(`/false-alarms/${act.alarm}/judge`, { verdict: act.verdict }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.alarms }),
  });
}
