import { useQuery } from "@tanstack/react-query";
import { get } from "@/shared/api/call";
import type { SendTime } from "@/shared/api/types";

/** When an answer that waits may well leave, by the shop's hours. */
export function useSendTimes() {
  return useQuery({
    queryKey: ["send-times"],
    queryFn: ({ signal }) => get<{ times: SendTime[] }>("/send-times", signal).then(({ times }) => times),
    staleTime: 5 * 60_000,
  });
}
