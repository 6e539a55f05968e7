import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useToast } from "@/shared/ui/Toast";
import { call, postNamed } from "./call";
import type { Undo } from "./types";

/** Says what was done; where the server tells how to take it back, offers it. */
export function useDone() {
  const { t } = useTranslation();
  const toasts = useToast();
  const queries = useQueryClient();
  return useCallback(
    (text: string, undo?: Undo | null) => {
      const back = async (step: Undo) => {
        try {
          // The server names its own paths from the root; the app adds the base itself.
          const path = step.path.replace(/^\/api\/v1/, "");
          const { key } = step.body ?? {};
          await (typeof key === "string"
            ? postNamed(path, { ...step.body, key })
            : call(step.method as "POST", path, step.body));
          await queries.invalidateQueries();
        } catch {
          toasts.show({ text: t("ui.undo_failed"), tone: "broken" });
        }
      };
      toasts.show({
        text,
        action: undo ? { label: t("ui.undo"), run: () => void back(undo), undo: true } : undefined,
      });
    },
    [t, toasts, queries],
  );
}
