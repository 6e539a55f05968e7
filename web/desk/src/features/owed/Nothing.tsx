import { useTranslation } from "react-i18next";
import type { View } from "@/shared/api/types";
import { EmptyState } from "@/shared/ui/States";

/** What will come here, where nothing is. */
export function Nothing({ view }: { view: View }) {
  const { t } = useTranslation();
  return <EmptyState title={t(`owed.empty.${view}.title`)}>{t(`owed.empty.${view}.words`)}</EmptyState>;
}
