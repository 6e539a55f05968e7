import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get, query } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";

export interface Found {
  id: number;
  name: string;
  addresses: string[] | null;
  phones: string[] | null;
  last_at: string | null;
}

export function useCustomers(words: string) {
  return useQuery({
    queryKey: keys.customers(words),
    queryFn: ({ signal }) => get<{ items: Found[] }>(query("/customers", { q: words }), signal),
    select: (page) => page.items.slice(0, 6),
    enabled: words.trim().length >= 2,
    placeholderData: keepPreviousData,
  });
}
