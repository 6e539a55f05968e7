import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/shared/ui/States";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState
      page
      title={t("shell.not_found")}
      action={
        <Link to="/$view" params={{ view: "owed" }}>
          {t("shell.to_owed")}
        </Link>
      }
    />
  );
}
