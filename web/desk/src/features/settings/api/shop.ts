import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, put } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { ShopInput } from "@/shared/api/types";

export interface ShopSettings {
  shop: ShopInput;
  ack: { enabled: boolean; text_fr: string; text_en: string };
  remind?: { enabled: boolean; text_fr: string; text_en: string };
}

export function useShop() {
  return useQuery({
    queryKey: keys.shop,
    queryFn: ({ signal }) => get<ShopSettings>("/settings/shop", signal),
  });
}

export function useSaveShop() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (settings: ShopSettings) => put("/settings/shop", settings),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: keys.shop }),
        queries.invalidateQueries({ queryKey: keys.session }),
      ]),
  });
}
