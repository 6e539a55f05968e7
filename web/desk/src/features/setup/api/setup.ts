import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Delay, Hours, MailboxConfig, ShopInput } from "@/shared/api/types";

export interface NewDesk {
  shop: ShopInput;
  person: { name: string; email: string; password: string; language: "fr" | "en" };
  mailbox: MailboxConfig | null;
  hours: Hours;
  delay: Delay;
  owed_since: string;
}

/** Makes the shop, or the demo one; either way one is signed in afterwards. */
export function useBegin() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (desk: NewDesk | "demo") =>
      desk === "demo" ? post("/setup/demo") : post("/setup/shop", desk),
    onSuccess: () => queries.clear(),
  });
}

/** The token that the server printed when it started, for whoever is not on its own machine. */
export function useSetupToken() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => post("/setup/token", { token }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.setup }),
  });
}
