import { CloudOff } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { EmptyState } from "@/shared/ui/States";
import style from "./Offline.module.css";

/** Opened without a network: what is owed lives on the server, and nothing is lost there meanwhile. */
export function Offline({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  useEffect(() => {
    window.addEventListener("online", onRetry);
    return () => window.removeEventListener("online", onRetry);
  }, [onRetry]);
  return (
    <main className={style.page} role="alert">
      <CloudOff size={28} aria-hidden="true" />
      <EmptyState
        title={t("shell.unreachable")}
        action={
          <Button kind="primary" onClick={onRetry}>
            {t("ui.error.retry")}
          </Button>
        }
      >
        <p>{t("shell.unreachable_hint")}</p>
      </EmptyState>
    </main>
  );
}
