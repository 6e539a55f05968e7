import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { View } from "@/shared/api/types";
import { EmptyState } from "@/shared/ui/States";
import { isOwed, kindOf } from "@/shared/view";

/** What will come here, where nothing is, and where something may wait. */
export function Nothing({ view }: { view: View }) {
  const { t } = useTranslation();
  const kind = kindOf(view);
  const elsewhere = view === "mine" || kind === "team" ? "unassigned" : "owed";
  return (
    <EmptyState
      title={t(`owed.empty.${kind}.title`)}
      action={
        view === "owed" || !(isOwed(view) || kind === "view") ? null : (
          <Link to="/$view" params={{ view: elsewhere }}>
            {t(`owed.elsewhere.${elsewhere}`)}
          </Link>
        )
      }
    >
      {t(`owed.empty.${kind}.words`)}
    </EmptyState>
  );
}
