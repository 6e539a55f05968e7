import { useMutation } from "@tanstack/react-query";
import { post } from "@/shared/api/call";

/** Says the same whether or not the address is known: nobody learns who works here. */
export function useAskReset() {
  return useMutation({ mutationFn: (email: string) => post("/password-reset", { email }) });
}

export function useConfirmReset() {
  return useMutation({
    mutationFn: (chosen: { token: string; password: string }) => post("/password-reset/confirm", chosen),
  });
}
