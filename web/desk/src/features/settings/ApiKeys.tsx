import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { APIKey } from "@/shared/api/types";
import { speakDate } from "@/shared/time/speak";
import { useZone } from "@/shared/time/zone";
import { Button } from "@/shared/ui/Button";
import { Ago } from "@/shared/ui/Clock";
import { cx } from "@/shared/ui/cx";
import { Check, Field } from "@/shared/ui/Field";
import { Part } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine, ErrorState } from "@/shared/ui/States";
import { useApiKeys, useCreateKey, useRevokeKey } from "./api/programs";
import { Confirm } from "./Confirm";
import style from "./Settings.module.css";
import { ShownOnce } from "./ShownOnce";

/** The keys of programs: made, shown once, revoked. */
export function ApiKeys() {
  const { t } = useTranslation();
  const list = useApiKeys();
  if (list.isPending) return <Skeleton lines={3} />;
  if (!list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <Part title={t("settings.api.title")} intro={t("settings.api.intro")}>
      <p>
        <a href="/api" target="_blank" rel="noreferrer">
          {t("settings.api.reference")}
        </a>
      </p>
      {list.data.items.length ? (
        <ul>
          {list.data.items.map((one) => (
            <KeyRow key={one.id} one={one} />
          ))}
        </ul>
      ) : (
        <p className={style.meta}>{t("settings.api.none")}</p>
      )}
      <NewKey scopes={list.data.scopes} />
    </Part>
  );
}

function useScopeWords() {
  const { t } = useTranslation();
  return (scope: string) =>
    t(`settings.api.scope.${scope.replace(":", "_")}` as "settings.api.scope.read", { defaultValue: scope });
}

function KeyRow({ one }: { one: APIKey }) {
  const { t, i18n } = useTranslation();
  const zone = useZone();
  const words = useScopeWords();
  const revoke = useRevokeKey();
  const [asking, setAsking] = useState(false);
  return (
    <li className={style.row}>
      <span>
        <span className={style.name}>{one.name}</span> <code className={style.meta}>{one.hint}…</code>{" "}
        <span className={one.state === "active" ? style.ok : style.meta}>
          {t(`settings.api.state.${one.state}`)}
        </span>
      </span>
      <span className={style.acts}>
        {one.state === "active" ? (
          <Button kind="ghost" onClick={() => setAsking(true)}>
            {t("settings.api.revoke")}
          </Button>
        ) : null}
      </span>
      <span className={cx(style.meta, style.wide)}>
        {t("settings.api.by", { name: one.person })} ·{" "}
        {one.last_used_at ? (
          <>
            {t("settings.api.used")} <Ago at={one.last_used_at} />
          </>
        ) : (
          t("settings.api.unused")
        )}
        {one.expires_at
          ? ` · ${t("settings.api.until", { date: speakDate(new Date(one.expires_at), { zone, language: i18n.language }) })}`
          : ""}
        {" · "}
        {one.scopes.map(words).join(", ")}
      </span>
      {asking ? (
        <Confirm
          title={t("settings.api.revoke_title", { name: one.name })}
          intro={t("settings.api.revoke_intro")}
          go={t("settings.api.revoke")}
          busy={revoke.isPending}
          error={revoke.error}
          onGo={() => revoke.mutate(one.id, { onSuccess: () => setAsking(false) })}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </li>
  );
}

function NewKey({ scopes }: { scopes: string[] }) {
  const { t } = useTranslation();
  const words = useScopeWords();
  const create = useCreateKey();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string[]>(["read"]);
  const [until, setUntil] = useState("");
  const submit = () =>
    create.mutate(
      {
        name: name.trim(),
        scopes: chosen,
        // The day's end where one sits: the key holds on the day itself.
        expires_at: until ? new Date(`${until}T23:59:59`).toISOString() : undefined,
      },
      {
        onSuccess: () => {
          setName("");
          setUntil("");
          setChosen(["read"]);
        },
      },
    );
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {create.data ? (
        <ShownOnce words={t("settings.api.created")} secret={create.data.key} onDone={create.reset} />
      ) : null}
      <div className={style.pair}>
        <Field
          label={t("settings.api.name")}
          hint={t("settings.api.name_hint")}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
          required
        />
        <Field
          type="date"
          label={t("settings.api.expires")}
          hint={t("settings.api.expires_hint")}
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
      </div>
      <fieldset className={style.choices}>
        <legend>{t("settings.api.scopes")}</legend>
        {scopes.map((scope) => (
          <Check
            key={scope}
            label={words(scope)}
            checked={chosen.includes(scope)}
            onChange={(event) =>
              setChosen(event.target.checked ? [...chosen, scope] : chosen.filter((it) => it !== scope))
            }
          />
        ))}
      </fieldset>
      <ErrorLine error={create.error} />
      <div className={style.save}>
        <Button type="submit" kind="primary" busy={create.isPending}>
          {t("settings.api.create")}
        </Button>
      </div>
    </form>
  );
}
