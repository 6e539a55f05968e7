import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSetup } from "@/shared/session/useSetup";
import { Button } from "@/shared/ui/Button";
import { Door } from "@/shared/ui/Door";
import { Field } from "@/shared/ui/Field";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Banner, ErrorLine, ErrorState } from "@/shared/ui/States";
import { useBegin, useSetupToken } from "./api/setup";
import style from "./Setup.module.css";
import { Steps } from "./Steps";

/** The first page of a new desk: look around in a demo shop, or set up one's own. */
export function SetupPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { token: given = "" } = useSearch({ strict: false });
  const setup = useSetup();
  const begin = useBegin();
  const [own, setOwn] = useState(false);
  const taken = setup.data && setup.data.state !== "fresh";
  useEffect(() => {
    if (taken && !begin.isSuccess) void navigate({ to: "/", replace: true });
  }, [taken, begin.isSuccess, navigate]);
  const enter = () => void navigate({ to: "/$view", params: { view: "owed" }, replace: true });

  if (setup.isPending || taken) return <Skeleton lines={4} />;
  if (!setup.data) return <ErrorState error={setup.error} onRetry={() => void setup.refetch()} />;
  if (!setup.data.allowed) return <TokenDoor given={String(given)} />;
  if (own)
    return (
      <Steps
        onBack={() => setOwn(false)}
        onDone={(readable) =>
          readable ? void navigate({ to: "/audit", search: { mailbox: "" }, replace: true }) : enter()
        }
      />
    );
  return (
    <Door title={t("setup.title")} wide>
      <p className={style.lead}>{t("setup.lead")}</p>
      <div className={style.choices}>
        <section className={style.choice}>
          <h2>{t("setup.demo_title")}</h2>
          <p>{t("setup.demo_words")}</p>
          <Button busy={begin.isPending} onClick={() => begin.mutate("demo", { onSuccess: enter })}>
            {t(begin.isPending ? "setup.demo_busy" : "setup.demo_go")}
          </Button>
        </section>
        <section className={style.choice}>
          <h2>{t("setup.own_title")}</h2>
          <p>{t("setup.own_words")}</p>
          <Button kind="primary" onClick={() => setOwn(true)}>
            {t("setup.own_go")}
          </Button>
        </section>
      </div>
      <ErrorLine error={begin.error} />
    </Door>
  );
}

/** From elsewhere than the machine itself, the token in the server's log opens. */
function TokenDoor({ given }: { given: string }) {
  const { t } = useTranslation();
  const [token, setToken] = useState(given);
  const open = useSetupToken();
  const { mutate } = open;
  useEffect(() => {
    if (given) mutate(given);
  }, [given, mutate]);
  return (
    <Door title={t("setup.token_title")}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          mutate(token.trim());
        }}
      >
        <Banner tone="waiting">{t("setup.token_words")}</Banner>
        <Field
          label={t("setup.token")}
          autoComplete="off"
          value={token}
          onChange={(event) => setToken(event.target.value)}
          required
        />
        <ErrorLine error={open.error} />
        <Button kind="primary" type="submit" busy={open.isPending}>
          {t("setup.token_go")}
        </Button>
      </form>
    </Door>
  );
}
