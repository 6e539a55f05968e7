import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useToast } from "@/shared/ui/Toast";

/** "Enregistré", said where one looks. */
export function useSaved() {
  const { t } = useTranslation();
  const toasts = useToast();
  return useCallback(() => void toasts.show({ text: t("settings.saved"), seconds: 3 }), [t, toasts]);
}
