import { useQuery } from "@tanstack/react-query";
import { get } from "@/shared/api/call";

/** The quoted part of a message, read when somebody unfolds it. */
export function useQuote(message: number, wanted: boolean) {
  return useQuery({
    queryKey: ["quote", message],
    queryFn: ({ signal }) => get<{ text: string }>(`/messages/${message}/quote`, signal),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
