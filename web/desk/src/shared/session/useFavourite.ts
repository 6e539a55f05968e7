import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Beside, View } from "@/shared/api/types";

/** Puts the list of a team or a tag first, on every device of the person; shown at once. */
export function useFavourite() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: { list: View; on: boolean }) => post<Beside>("/views/favourites", change),
    onMutate: ({ list, on }) =>
      queries.setQueryData<Beside>(keys.views, (shown) =>
        shown
          ? { ...shown, favourites: [...shown.favourites.filter((it) => it !== list), ...(on ? [list] : [])] }
          : shown,
      ),
    onSuccess: (beside) => queries.setQueryData(keys.views, beside),
    onError: () => queries.invalidateQueries({ queryKey: keys.views }),
  });
}
