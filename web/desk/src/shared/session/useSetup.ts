import { useQuery } from "@tanstack/react-query";
import { get } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";

export interface SetupState {
  state: "fresh" | "demo" | "shop";
  allowed: boolean;
  needs_token: boolean;
  demo_people: { name: string; email: string; role: string }[];
  demo_password?: string;
  version: string;
}

/** Whether this desk has a shop yet. */
export function useSetup() {
  return useQuery({
    queryKey: keys.setup,
    queryFn: async ({ signal }) => {
      const read = await get<SetupState>("/setup", signal);
      return { ...read, demo_people: read.demo_people ?? [] };
    },
  });
}
