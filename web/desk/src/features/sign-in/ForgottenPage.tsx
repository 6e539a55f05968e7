import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { Door } from "@/shared/ui/Door";
import { Field } from "@/shared/ui/Field";
import { Banner, ErrorLine } from "@/shared/ui/States";
import { useAskReset } from "./api/password-reset";
import style from "./SignIn.module.css";

export function ForgottenPage() {
  const { t } = useTranslation();
  const [email, setEmail] = useState("");
  const ask = useAskReset();
  return (
    <Door title={t("sign_in.forgotten_title")}>
      {ask.isSuccess ? (
        <Banner tone="kept">{t("sign_in.forgotten_done")}</Banner>
      ) : (
        <form
          className={style.form}
          onSubmit={(event) => {
            event.preventDefault();
            ask.mutate(email.trim());
          }}
        >
          <Field
            type="email"
            label={t("sign_in.email")}
            hint={t("sign_in.forgotten_hint")}
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            required
          />
          <ErrorLine error={ask.error} />
          <Button kind="primary" type="submit" busy={ask.isPending}>
            {t("sign_in.forgotten_submit")}
          </Button>
        </form>
      )}
      <Link to="/sign-in">{t("sign_in.back")}</Link>
    </Door>
  );
}
