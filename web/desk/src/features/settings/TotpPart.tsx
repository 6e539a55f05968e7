import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "@/shared/session/useMe";
import { Button } from "@/shared/ui/Button";
import { Field } from "@/shared/ui/Field";
import { Part } from "@/shared/ui/Sheet";
import { Banner, ErrorLine } from "@/shared/ui/States";
import { useConfirmTotp, useStartTotp, useStopTotp } from "./api/totp";
import style from "./Settings.module.css";

/** The second step at the door: shown as a picture, confirmed by a code, with codes for the day the phone is lost. */
export function TotpPart() {
  const { t } = useTranslation();
  const me = useSignedIn();
  const start = useStartTotp();
  const confirm = useConfirmTotp();
  const [code, setCode] = useState("");
  const codes = confirm.data?.recovery_codes;
  return (
    <Part title={t("settings.totp.title")} intro={t("settings.totp.intro")}>
      {codes ? (
        <>
          <Banner tone="kept">{t("settings.totp.on")}</Banner>
          <p>{t("settings.totp.codes")}</p>
          <ul className={style.codes}>
            {codes.map((it) => (
              <li key={it}>{it}</li>
            ))}
          </ul>
        </>
      ) : me.person.totp ? (
        <Stop />
      ) : start.data ? (
        <form
          className={`${style.form} ${style.narrow}`}
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate(code.trim());
          }}
        >
          <p>{t("settings.totp.scan")}</p>
          <img
            className={style.qr}
            src={`data:image/png;base64,${start.data.qr_png_base64}`}
            alt={t("settings.totp.qr")}
          />
          <p className={style.meta}>
            {t("settings.totp.by_hand")} <span className={style.secret}>{start.data.secret}</span>
          </p>
          <Field
            label={t("sign_in.code")}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => setCode(event.target.value)}
            required
          />
          <ErrorLine error={confirm.error} />
          <div className={style.save}>
            <Button kind="primary" type="submit" busy={confirm.isPending}>
              {t("settings.totp.confirm")}
            </Button>
          </div>
        </form>
      ) : (
        <div className={style.save}>
          <Button busy={start.isPending} onClick={() => start.mutate()}>
            {t("settings.totp.start")}
          </Button>
          <ErrorLine error={start.error} />
        </div>
      )}
    </Part>
  );
}

function Stop() {
  const { t } = useTranslation();
  const stop = useStopTotp();
  const [password, setPassword] = useState("");
  return (
    <form
      className={`${style.form} ${style.narrow}`}
      onSubmit={(event) => {
        event.preventDefault();
        stop.mutate(password);
      }}
    >
      <p className={style.ok}>{t("settings.totp.is_on")}</p>
      <Field
        type="password"
        label={t("sign_in.password")}
        hint={t("settings.totp.stop_hint")}
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        required
      />
      <ErrorLine error={stop.error} />
      <div className={style.save}>
        <Button kind="danger" type="submit" busy={stop.isPending}>
          {t("settings.totp.stop")}
        </Button>
      </div>
    </form>
  );
}
