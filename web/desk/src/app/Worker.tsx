import { useRouter } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useToast } from "@/shared/ui/Toast";
import { startWorker } from "@/shared/worker/worker";

/** Says when a new version is there, and goes where a clicked notification points. */
export function Worker() {
  const { t } = useTranslation();
  const toasts = useToast();
  const router = useRouter();
  const on = useRef({ t, toasts, router });
  on.current = { t, toasts, router };
  useEffect(
    () =>
      startWorker({
        onNewer: (take) =>
          on.current.toasts.show({
            key: "version",
            text: on.current.t("shell.newer"),
            seconds: 0,
            action: { label: on.current.t("shell.reload"), run: take },
          }),
        onOpen: (path) => on.current.router.history.push(path),
        onRenew: () => void import("@/shared/worker/push").then(({ renew }) => renew()).catch(() => {}),
      }),
    [],
  );
  return null;
}
