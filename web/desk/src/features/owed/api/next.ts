import { get, query } from "@/shared/api/call";

/** The conversation to answer after this one, or null when nothing more is owed. */
export async function goNext(after: number | null): Promise<number | null> {
  const { id } = await get<{ id: number | null }>(query("/next", { after }));
  return id;
}
