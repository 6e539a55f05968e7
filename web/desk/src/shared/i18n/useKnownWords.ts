import i18next from "i18next";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

/**
 * Words for what stands in the first page and speaks of others: "" until the
 * words of those have come, and drawn anew when they have.
 */
export function useKnownWords(): (key: string) => string {
  const { t, i18n } = useTranslation();
  useSyncExternalStore(onMore, subjects);
  return (key) => (i18n.exists(key) ? t(key) : "");
}

function onMore(tell: () => void): () => void {
  i18next.store.on("added", tell);
  return () => i18next.store.off("added", tell);
}

function subjects(): number {
  return Object.keys(i18next.getResourceBundle(i18next.language, "translation") ?? {}).length;
}
