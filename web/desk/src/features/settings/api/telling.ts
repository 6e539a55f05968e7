import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post, put, remove } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Telling, Week } from "@/shared/api/types";
import { turnOff, turnOn } from "@/shared/worker/push";

export function useTelling() {
  return useQuery({
    queryKey: keys.telling,
    queryFn: ({ signal }) => get<Telling>("/me/notifications", signal),
  });
}

function useTold<Input, Output>(
  what: (input: Input) => Promise<Output>,
  read: (output: Output) => Telling | null,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: what,
    onSuccess: (output) => {
      const telling = read(output);
      if (telling) queries.setQueryData(keys.telling, telling);
    },
  });
}

export function useSaveTelling() {
  return useTold(
    (input: { morning: Telling["morning"]; own_hours: Week | null }) =>
      put<Telling>("/me/notifications", { ...input, own_hours: input.own_hours ?? undefined }),
    (it) => it,
  );
}

export function useTurnOn() {
  return useTold(
    () => turnOn(),
    (it) => it,
  );
}

export function useForgetDevice() {
  return useTold(
    async ({ id, current }: { id: number; current: boolean }) => {
      const telling = await remove<Telling>(`/me/push/${id}`);
      if (current) await turnOff();
      return telling;
    },
    (it) => it,
  );
}

export interface Tried {
  outcome: "taken" | "gone" | "denied" | "later";
  status: number;
}

export function useTryDevice() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => post<Tried>(`/me/push/${id}/test`),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.telling }),
  });
}
