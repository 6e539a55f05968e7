import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, patch, post, put, remove } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { LanguageCode, Me, ThemeName } from "@/shared/api/types";

export function useChangeMe() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (part: { name?: string; language?: LanguageCode; theme?: ThemeName }) =>
      patch<Me>("/me", part),
    onSuccess: (me) => queries.setQueryData(keys.session, me),
  });
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (words: { current: string; new: string }) => post("/me/password", words),
  });
}

export interface SignatureSettings {
  html_preview?: string;
  role_line: string;
  first_name_only: boolean;
}

export function useSignature() {
  return useQuery({
    queryKey: keys.signature,
    queryFn: ({ signal }) => get<SignatureSettings>("/me/signature", signal),
  });
}

export function useSaveSignature() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ role_line, first_name_only }: SignatureSettings) =>
      put("/me/signature", { role_line, first_name_only }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: keys.signature }),
        queries.invalidateQueries({ queryKey: ["conversation"] }),
      ]),
  });
}

export interface Device {
  id: number | string;
  current: boolean;
  created_at: string;
  last_seen_at: string;
  label: string;
}

export function useDevices() {
  return useQuery({
    queryKey: keys.devices,
    queryFn: ({ signal }) => get<{ items: Device[] }>("/me/devices", signal),
    select: (page) => page.items,
  });
}

export function useRevoke() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: Device["id"]) => remove(`/me/devices/${id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.devices }),
  });
}
