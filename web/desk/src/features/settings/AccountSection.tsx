import { useState } from "react";
import { useTranslation } from "react-i18next";
import { chooseLanguage, LANGUAGES, type Language } from "@/shared/i18n";
import { useSignedIn } from "@/shared/session/useMe";
import { chooseTheme, savedTheme, THEMES, type Theme } from "@/shared/theme";
import { Button } from "@/shared/ui/Button";
import { Field, Select } from "@/shared/ui/Field";
import { Part } from "@/shared/ui/Sheet";
import { ErrorLine } from "@/shared/ui/States";
import { useChangeMe, useChangePassword } from "./api/me";
import { DemoPart } from "./DemoPart";
import { Devices } from "./Devices";
import style from "./Settings.module.css";
import { SignaturePart } from "./SignaturePart";
import { TotpPart } from "./TotpPart";
import { useSaved } from "./useSaved";

export function AccountSection() {
  const { t } = useTranslation();
  return (
    <>
      <Identity />
      <DemoPart />
      <SignaturePart />
      <Part title={t("settings.account.password")}>
        <Password />
      </Part>
      <TotpPart />
      <Part title={t("settings.account.devices")} intro={t("settings.account.devices_intro")}>
        <Devices />
      </Part>
    </>
  );
}

function Identity() {
  const { t } = useTranslation();
  const me = useSignedIn();
  const saved = useSaved();
  const change = useChangeMe();
  const [name, setName] = useState(me.person.name);
  const [theme, setTheme] = useState<Theme>(savedTheme());
  return (
    <Part title={t("settings.account.me")} intro={me.person.email}>
      <div className={style.pair}>
        <Field
          label={t("settings.account.name")}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onBlur={() => {
            if (name.trim() && name !== me.person.name)
              change.mutate({ name: name.trim() }, { onSuccess: saved });
          }}
        />
        <Select
          label={t("settings.account.language")}
          value={me.person.language}
          onChange={(event) => {
            const language: Language = event.target.value === "en" ? "en" : "fr";
            change.mutate({ language }, { onSuccess: () => void chooseLanguage(language) });
          }}
        >
          {LANGUAGES.map((language) => (
            <option key={language} value={language}>
              {t(`language.${language}`)}
            </option>
          ))}
        </Select>
        <Select
          label={t("settings.account.theme")}
          value={theme}
          onChange={(event) => {
            const next = THEMES.find((it) => it === event.target.value) ?? "system";
            setTheme(next);
            chooseTheme(next);
            change.mutate({ theme: next });
          }}
        >
          {THEMES.map((it) => (
            <option key={it} value={it}>
              {t(`theme.${it}`)}
            </option>
          ))}
        </Select>
      </div>
      <ErrorLine error={change.error} />
    </Part>
  );
}

function Password() {
  const { t } = useTranslation();
  const saved = useSaved();
  const change = useChangePassword();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(
          { current, new: next },
          {
            onSuccess: () => {
              setCurrent("");
              setNext("");
              saved();
            },
          },
        );
      }}
    >
      <div className={style.pair}>
        <Field
          type="password"
          label={t("settings.account.password_current")}
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
          required
        />
        <Field
          type="password"
          label={t("sign_in.new_password")}
          hint={t("sign_in.password_hint")}
          autoComplete="new-password"
          minLength={10}
          value={next}
          onChange={(event) => setNext(event.target.value)}
          required
        />
      </div>
      <ErrorLine error={change.error} />
      <div className={style.save}>
        <Button type="submit" busy={change.isPending}>
          {t("settings.account.password_change")}
        </Button>
      </div>
    </form>
  );
}
