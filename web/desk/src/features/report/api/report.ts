import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { address, get, put, query } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Choices, Figures, Forecast, PageBlock } from "@/shared/api/types";

/** What the figures are narrowed to; the days are those of the shop's zone. */
export interface Narrowed {
  from: string;
  to: string;
  mailbox?: string;
  team?: string;
  reason?: string;
  person?: string;
  kind?: string;
}

export function useFigures(asked: Narrowed) {
  return useQuery({
    queryKey: [...keys.report, asked],
    queryFn: ({ signal }) => get<Figures>(query("/report", { ...asked }), signal),
    placeholderData: keepPreviousData,
    // What just happened is counted within seconds.
    refetchInterval: (query) => (query.state.data?.behind ? 3_000 : 60_000),
  });
}

export function useForecast() {
  return useQuery({
    queryKey: [...keys.report, "now"],
    queryFn: ({ signal }) => get<Forecast>("/report/now", signal),
    refetchInterval: 60_000,
  });
}

/** What the figures can be narrowed by. */
export function useChoices() {
  return useQuery({
    queryKey: keys.choices,
    queryFn: ({ signal }) => get<Choices>("/views/choices", signal),
    staleTime: 60_000,
  });
}

const arrangementKey = [...keys.report, "arrangement"];

export function useArrangement() {
  return useQuery({
    queryKey: arrangementKey,
    queryFn: ({ signal }) => get<{ blocks: PageBlock[] }>("/report/arrangement", signal),
    select: (it) => it.blocks,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Places the parts at once on the screen; the server keeps it for this person and shop. */
export function useArrange() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (blocks: PageBlock[]) => put("/report/arrangement", { blocks }),
    onMutate: (blocks) => queries.setQueryData(arrangementKey, { blocks }),
    onError: () => queries.invalidateQueries({ queryKey: arrangementKey }),
  });
}

export function csv(table: string, asked: Narrowed): string {
  return address(query(`/report/tables/${table}`, { ...asked }));
}
