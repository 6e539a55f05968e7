import { get, query } from "@/shared/api/call";
import type { Order } from "@/shared/api/types";

/** The conversation to answer after this one, or null when nothing more is owed. */
export async function goNext(after: number | null, order: Order): Promise<number | null> {
  const { id } = await get<{ id: number | null }>(query("/next", { after, order }));
  return id;
}
