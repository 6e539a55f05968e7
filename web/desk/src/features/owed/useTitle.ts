import { useTranslation } from "react-i18next";
import type { View } from "@/shared/api/types";
import { useViews } from "@/shared/session/useViews";
import { idOf, kindOf } from "@/shared/view";

/** What people call a list. */
export function useTitle(view: View): string {
  const { t } = useTranslation();
  const { data } = useViews();
  const id = idOf(view);
  const kind = kindOf(view);
  if (id === null) return t(`nav.${kind}`);
  if (kind === "team") return data?.teams.find((team) => team.id === id)?.name ?? t("nav.team");
  if (kind === "tag") return data?.tags?.find((tag) => tag.id === id)?.name ?? t("nav.tag");
  const saved = data?.views.find((it) => it.id === id);
  return saved ? [saved.icon, saved.name].filter(Boolean).join(" ") : t("nav.view");
}
