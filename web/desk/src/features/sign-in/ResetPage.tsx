import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/Button";
import { Door } from "@/shared/ui/Door";
import { Field } from "@/shared/ui/Field";
import { Banner, ErrorLine } from "@/shared/ui/States";
import { useConfirmReset } from "./api/password-reset";
import style from "./SignIn.module.css";

/** A new password, from the link of a reset or of an invitation. */
export function ResetPage() {
  const { t } = useTranslation();
  const { token = "" } = useSearch({ strict: false });
  const [password, setPassword] = useState("");
  const confirm = useConfirmReset();
  const wrong = confirm.error instanceof Problem ? confirm.error.field("password") : undefined;
  return (
    <Door title={t("sign_in.reset_title")}>
      {confirm.isSuccess ? (
        <Banner tone="kept">{t("sign_in.reset_done")}</Banner>
      ) : (
        <form
          className={style.form}
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate({ token: String(token), password });
          }}
        >
          <Field
            type="password"
            label={t("sign_in.new_password")}
            hint={t("sign_in.password_hint")}
            autoComplete="new-password"
            minLength={10}
            value={password}
            error={wrong}
            onChange={(event) => setPassword(event.target.value)}
            required
          />
          {wrong ? null : <ErrorLine error={confirm.error} />}
          <Button kind="primary" type="submit" busy={confirm.isPending}>
            {t("sign_in.reset_submit")}
          </Button>
        </form>
      )}
      <Link to="/sign-in">{t("sign_in.back")}</Link>
    </Door>
  );
}
