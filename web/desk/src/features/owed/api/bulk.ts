import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { postNamed } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { BulkAction, BulkDone, Order, Undo, View } from "@/shared/api/types";
import { uuid } from "@/shared/uuid";
import { asked } from "@/shared/view";

export type Chosen = { ids: number[] } | { all: View; order: Order; known: string };

export interface BulkSum {
  done: number;
  refused: BulkDone["refused"];
  undo: Undo | null;
}

const AT_ONCE = 200;

/** One act on several conversations, some at a time, and how far it is. */
export function useBulk() {
  const queries = useQueryClient();
  const [progress, setProgress] = useState<number | null>(null);
  const run = async (action: BulkAction, chosen: Chosen): Promise<BulkSum> => {
    const sum: BulkSum = { done: 0, refused: [], undo: null };
    const steps: unknown[] = [];
    setProgress(0);
    try {
      for await (const part of parts(action, chosen)) {
        sum.done += part.done.length;
        sum.refused.push(...part.refused);
        steps.push(...((part.undo?.body as { steps?: unknown[] } | undefined)?.steps ?? []));
        setProgress(sum.done + sum.refused.length);
        if (part.undo) sum.undo = { ...part.undo, body: { ...part.undo.body, steps } };
      }
    } finally {
      setProgress(null);
      await Promise.all(
        [keys.lists, keys.counts, keys.views, keys.labels, ["conversation"]].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      );
    }
    return sum;
  };
  return { run, progress };
}

async function* parts(action: BulkAction, chosen: Chosen): AsyncGenerator<BulkDone> {
  if ("ids" in chosen) {
    for (let at = 0; at < chosen.ids.length; at += AT_ONCE) {
      const ids = chosen.ids.slice(at, at + AT_ONCE);
      yield await postNamed<BulkDone>("/bulk", { key: uuid(), ids, action });
    }
    return;
  }
  const list = asked(chosen.all, chosen.order);
  let cursor = "";
  do {
    const part: BulkDone = await postNamed("/bulk", {
      key: uuid(),
      list: { ...list, order: list.order ?? "due", cursor },
      known: chosen.known,
      action,
    });
    yield part;
    cursor = part.next;
  } while (cursor);
}
