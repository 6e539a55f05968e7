import { QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem";

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Live events say what changed; the age alone is only a net under them.
        staleTime: 30_000,
        retry: (times, error) => times < 2 && !(error instanceof Problem && error.status < 500),
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
