import type { ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { EmptyState } from "@/shared/ui/States";

/** A screen that failed by our own fault: said plainly, the rest of the desk stays. */
export function Broken({ reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <EmptyState title={t("ui.broken.title")} action={<Button onClick={reset}>{t("ui.error.retry")}</Button>}>
      {t("ui.broken.words")}
    </EmptyState>
  );
}
