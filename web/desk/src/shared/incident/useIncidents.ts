import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, post } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Incident, Order, Undo, View } from "@/shared/api/types";
import { asked } from "@/shared/view";

/** What concerns many customers at once, those that go on first. */
export function useIncidents(enabled = true) {
  return useQuery({
    queryKey: keys.incidents,
    queryFn: ({ signal }) => get<{ incidents: Incident[] }>("/incidents", signal),
    select: ({ incidents }) => incidents,
    enabled,
  });
}

export type From = { ids: number[] } | { search: string } | { view: View; order?: Order };

interface Gathered {
  added: number;
  next: string;
  undo: Undo | null;
}

const AT_ONCE = 200;

/** Adds conversations to an incident: named, found by a search, or all of a list. */
export function useGather() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ incident, from }: { incident: number; from: From }) => {
      const ids: number[] = [];
      const sum = { added: 0, undo: null as Undo | null };
      for await (const part of parts(incident, from)) {
        sum.added += part.added;
        ids.push(...((part.undo?.body.ids as number[] | undefined) ?? []));
        if (part.undo) sum.undo = { ...part.undo, body: { ids } };
      }
      return sum;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keys.incidents }),
  });
}

async function* parts(incident: number, from: From): AsyncGenerator<Gathered> {
  const path = `/incidents/${incident}/conversations`;
  if ("ids" in from) {
    for (let at = 0; at < from.ids.length; at += AT_ONCE) {
      yield await post<Gathered>(path, { ids: from.ids.slice(at, at + AT_ONCE) });
    }
    return;
  }
  if ("search" in from) {
    yield await post<Gathered>(path, from);
    return;
  }
  const list = asked(from.view, from.order ?? "due");
  let cursor = "";
  do {
    const part = await post<Gathered>(path, { list: { ...list, order: list.order ?? "due", cursor } });
    yield part;
    cursor = part.next;
  } while (cursor);
}
