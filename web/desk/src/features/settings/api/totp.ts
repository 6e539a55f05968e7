import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post, remove } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";

export interface TotpSecret {
  secret: string;
  otpauth_url: string;
  qr_png_base64: string;
}

export function useStartTotp() {
  return useMutation({ mutationFn: () => post<TotpSecret>("/me/totp") });
}

export function useConfirmTotp() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => post<{ recovery_codes: string[] }>("/me/totp/confirm", { code }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.session }),
  });
}

export function useStopTotp() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (password: string) => remove("/me/totp", { password }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.session }),
  });
}
