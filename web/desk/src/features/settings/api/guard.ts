import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { GuardAlarms } from "@/shared/api/types";

export function useAlarms() {
  return useQuery({
    queryKey: keys.alarms,
    queryFn: ({ signal }) => get<GuardAlarms>("/false-alarms", signal),
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
