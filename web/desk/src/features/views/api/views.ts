import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, put, remove } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { BaseView, Choices, Filter, Undo } from "@/shared/api/types";

export interface ViewConfig {
  name: string;
  icon: string;
  shared: boolean;
  base: BaseView;
  filter: Filter;
}

export function useChoices() {
  return useQuery({
    queryKey: keys.choices,
    queryFn: ({ signal }) => get<Choices>("/views/choices", signal),
    staleTime: 60_000,
  });
}

/** Counts what a filter lets through; null while it isn't whole. */
export function usePreview(base: BaseView, filter: Filter | null) {
  return useQuery({
    queryKey: ["preview", base, JSON.stringify(filter)],
    queryFn: () => post<{ count: number; more?: boolean }>("/views/preview", { base, filter }),
    enabled: filter !== null,
    staleTime: 10_000,
  });
}

export function useSaveView(id: number | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (view: ViewConfig) =>
      id === null ? post<{ id: number }>("/views", view) : put<{ id: number }>(`/views/${id}`, view),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: keys.views }),
        queries.invalidateQueries({ queryKey: keys.lists }),
      ]),
  });
}

export function useDeleteView() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => remove<{ undo: Undo | null }>(`/views/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.views }),
  });
}
