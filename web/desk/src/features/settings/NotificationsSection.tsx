import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Hours, PushDevice, Telling } from "@/shared/api/types";
import { findFault, HoursEditor, tidy, usualHours } from "@/shared/forms";
import { Button } from "@/shared/ui/Button";
import { Ago } from "@/shared/ui/Clock";
import { Select } from "@/shared/ui/Field";
import { Part } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine, ErrorState } from "@/shared/ui/States";
import { useToast } from "@/shared/ui/Toast";
import { pushState } from "@/shared/worker/push";
import { useForgetDevice, useSaveTelling, useTelling, useTryDevice, useTurnOn } from "./api/telling";
import style from "./Settings.module.css";
import { useSaved } from "./useSaved";

/** How, when and on which devices one is told what is owed. */
export function NotificationsSection() {
  const read = useTelling();
  if (read.isPending) return <Skeleton lines={6} />;
  if (!read.data) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />;
  return (
    <>
      <Here telling={read.data} />
      <Devices devices={read.data.devices} />
      <OwnHours telling={read.data} />
      <Morning telling={read.data} />
    </>
  );
}

function Here({ telling }: { telling: Telling }) {
  const { t } = useTranslation();
  const on = useTurnOn();
  const state = pushState();
  const current = telling.devices.find((it) => it.current);
  return (
    <Part title={t("settings.notifications.here")} intro={t("settings.notifications.here_intro")}>
      {state === "ready" ? (
        <div className={style.save}>
          {current ? (
            <span className={style.ok}>{t("settings.notifications.is_on")}</span>
          ) : (
            <Button kind="primary" busy={on.isPending} onClick={() => on.mutate(undefined)}>
              {t("settings.notifications.on")}
            </Button>
          )}
          {on.isSuccess && on.data === null ? (
            <p role="alert">{t("settings.notifications.refused_by_you")}</p>
          ) : null}
          <ErrorLine error={on.error} />
        </div>
      ) : (
        <p className={style.intro}>{t(`settings.notifications.${state}`)}</p>
      )}
    </Part>
  );
}

function Devices({ devices }: { devices: PushDevice[] }) {
  const { t } = useTranslation();
  const toasts = useToast();
  const forget = useForgetDevice();
  const attempt = useTryDevice();
  return (
    <Part title={t("settings.notifications.devices")}>
      {devices.length ? null : <p className={style.intro}>{t("settings.notifications.none")}</p>}
      <ul>
        {devices.map((device) => (
          <li key={device.id} className={style.row}>
            <span>
              {device.label}{" "}
              {device.current ? <span className={style.ok}>{t("settings.account.this_device")}</span> : null}
            </span>
            <span className={style.acts}>
              <Button
                kind="ghost"
                busy={attempt.isPending && attempt.variables === device.id}
                onClick={() =>
                  attempt.mutate(device.id, {
                    onSuccess: ({ outcome }) =>
                      toasts.show({ text: t(`settings.notifications.tried.${outcome}`) }),
                  })
                }
              >
                {t("settings.notifications.test")}
              </Button>
              <Button
                kind="ghost"
                busy={forget.isPending && forget.variables?.id === device.id}
                onClick={() => forget.mutate({ id: device.id, current: device.current })}
              >
                {t(device.current ? "settings.notifications.off" : "settings.notifications.forget")}
              </Button>
            </span>
            <span className={style.meta}>
              {device.sent_at ? (
                <>
                  {t("settings.notifications.sent")} <Ago at={device.sent_at} />
                </>
              ) : (
                t("settings.notifications.never")
              )}
              {device.problem ? (
                <span className={style.bad}> · {t(`settings.notifications.problem.${device.problem}`)}</span>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      <ErrorLine error={forget.error ?? attempt.error} />
    </Part>
  );
}

function OwnHours({ telling }: { telling: Telling }) {
  const { t } = useTranslation();
  const saved = useSaved();
  const save = useSaveTelling();
  const [own, setOwn] = useState<Hours | null>(
    telling.own_hours ? { week: telling.own_hours as Hours["week"], closed: [], always: false } : null,
  );
  const store = (hours: Hours | null) =>
    save.mutate(
      { morning: telling.morning, own_hours: hours ? tidy(hours).week : null },
      { onSuccess: saved },
    );
  return (
    <Part title={t("settings.notifications.hours")} intro={t("settings.notifications.hours_intro")}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (own && !findFault(own)) store(own);
        }}
      >
        <Select
          className={style.narrow}
          quiet
          label={t("settings.notifications.hours")}
          value={own ? "own" : "shop"}
          onChange={(event) => {
            if (event.target.value === "own") setOwn(usualHours());
            else {
              setOwn(null);
              store(null);
            }
          }}
        >
          <option value="shop">{t("settings.notifications.hours_shop")}</option>
          <option value="own">{t("settings.notifications.hours_own")}</option>
        </Select>
        {own ? (
          <>
            <HoursEditor week value={own} onChange={setOwn} />
            <div className={style.save}>
              <Button type="submit" kind="primary" busy={save.isPending} disabled={Boolean(findFault(own))}>
                {t("settings.save")}
              </Button>
            </div>
          </>
        ) : null}
        <ErrorLine error={save.error} />
      </form>
    </Part>
  );
}

const MORNINGS = ["off", "on", "always"] as const;

function Morning({ telling }: { telling: Telling }) {
  const { t } = useTranslation();
  const saved = useSaved();
  const save = useSaveTelling();
  return (
    <Part title={t("settings.notifications.morning")} intro={t("settings.notifications.morning_intro")}>
      <Select
        className={style.narrow}
        label={t("settings.notifications.morning_label")}
        value={telling.morning}
        onChange={(event) => {
          const morning = MORNINGS.find((it) => it === event.target.value) ?? "off";
          save.mutate({ morning, own_hours: telling.own_hours }, { onSuccess: saved });
        }}
      >
        {MORNINGS.map((it) => (
          <option key={it} value={it}>
            {t(`settings.notifications.morning_${it}`)}
          </option>
        ))}
      </Select>
      <ErrorLine error={save.error} />
    </Part>
  );
}
