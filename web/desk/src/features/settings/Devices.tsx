import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { Ago } from "@/shared/ui/Clock";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine, ErrorState } from "@/shared/ui/States";
import { useDevices, useRevoke } from "./api/me";
import style from "./Settings.module.css";

/** Where one is signed in, and the way to end it from here. */
export function Devices() {
  const { t } = useTranslation();
  const devices = useDevices();
  const revoke = useRevoke();
  if (devices.isPending) return <Skeleton lines={2} />;
  if (!devices.data) return <ErrorState error={devices.error} onRetry={() => void devices.refetch()} />;
  return (
    <>
      <ul>
        {devices.data.map((device) => (
          <li key={device.id} className={style.row}>
            <span>
              {device.label}{" "}
              {device.current ? <span className={style.ok}>{t("settings.account.this_device")}</span> : null}
            </span>
            <span className={style.acts}>
              {device.current ? null : (
                <Button
                  kind="ghost"
                  busy={revoke.isPending && revoke.variables === device.id}
                  onClick={() => revoke.mutate(device.id)}
                >
                  {t("settings.account.revoke")}
                </Button>
              )}
            </span>
            <span className={style.meta}>
              {t("settings.account.last_seen")} <Ago at={device.last_seen_at} />
            </span>
          </li>
        ))}
      </ul>
      <ErrorLine error={revoke.error} />
    </>
  );
}
