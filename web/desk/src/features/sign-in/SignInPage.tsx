import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/shared/api/problem";
import { useSetup } from "@/shared/session/useSetup";
import { Button } from "@/shared/ui/Button";
import { Door } from "@/shared/ui/Door";
import { Field } from "@/shared/ui/Field";
import { Banner, ErrorLine } from "@/shared/ui/States";
import { useSignIn } from "./api/session";
import style from "./SignIn.module.css";

export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const setup = useSetup();
  const signIn = useSignIn();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [asksCode, setAsksCode] = useState(false);
  const demoPassword = setup.data?.demo_password ?? "";
  const fresh = setup.data?.state === "fresh";
  useEffect(() => {
    if (fresh) void navigate({ to: "/setup", search: { token: "" }, replace: true });
  }, [fresh, navigate]);

  const submit = (as = { email: email.trim(), password }) =>
    signIn.mutate(
      { ...as, ...(asksCode ? { code: code.trim() } : {}) },
      {
        onSuccess: () => void navigate({ to: "/$view", params: { view: "owed" } }),
        onError: (error) => {
          if (error instanceof Problem && error.code === "code_needed") setAsksCode(true);
        },
      },
    );
  const error =
    signIn.error instanceof Problem && signIn.error.code === "code_needed" && !code ? null : signIn.error;

  return (
    <Door title={t("sign_in.title")}>
      {setup.data?.state === "demo" ? (
        <Banner tone="waiting">
          {t("sign_in.demo")}
          <ul>
            {setup.data.demo_people.map((person) => (
              <li key={person.email}>
                <button
                  type="button"
                  className={style.pick}
                  disabled={signIn.isPending}
                  onClick={() => submit({ email: person.email, password: demoPassword })}
                >
                  {person.name}, {person.email}
                </button>
              </li>
            ))}
          </ul>
        </Banner>
      ) : null}
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {asksCode ? (
          <Field
            label={t("sign_in.code")}
            hint={t("sign_in.code_hint")}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            value={code}
            onChange={(event) => setCode(event.target.value)}
            required
          />
        ) : (
          <>
            <Field
              type="email"
              label={t("sign_in.email")}
              autoComplete="username"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              required
            />
            <Field
              type="password"
              label={t("sign_in.password")}
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              required
            />
          </>
        )}
        {error ? <SignInError error={error} /> : null}
        <Button kind="primary" type="submit" busy={signIn.isPending}>
          {t("sign_in.submit")}
        </Button>
      </form>
      {asksCode ? null : <Link to="/forgotten">{t("sign_in.forgotten")}</Link>}
    </Door>
  );
}

function SignInError({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const refused = error instanceof Problem && error.status === 401;
  return refused ? (
    <p className={style.error} role="alert">
      {t(error.code === "code_needed" ? "sign_in.wrong_code" : "sign_in.wrong")}
    </p>
  ) : (
    <ErrorLine error={error} />
  );
}
