import { useMutation, useQueryClient } from "@tanstack/react-query";
import { patch } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Me, Order } from "@/shared/api/types";

/** Remembered by the server, so that every device shows the same; shown at once. */
export function useSetOrder() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (order: Order) => patch<Me>("/me", { list_order: order }),
    onMutate: (order) =>
      queries.setQueryData<Me>(keys.session, (me) =>
        me ? { ...me, person: { ...me.person, list_order: order } } : me,
      ),
    onSuccess: (me) => queries.setQueryData(keys.session, me),
    onError: () => queries.invalidateQueries({ queryKey: keys.session }),
  });
}
