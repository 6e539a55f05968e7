import { post } from "@/shared/api/call";
import type { Draft } from "@/shared/api/types";

/** Takes an answer back before it leaves; refused as "too_late" once it has. */
export function undoDelivery(delivery: number): Promise<{ draft: Draft }> {
  return post(`/deliveries/${delivery}/undo`);
}
