import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { get } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { MailboxConfig, MailServer, Preset } from "@/shared/api/types";
import { Check, Field, Select } from "@/shared/ui/Field";
import { presetFor, withAddress, withPreset } from "./mailbox";
import style from "./Pair.module.css";

interface MailboxFieldsProps {
  value: MailboxConfig;
  onChange: (mailbox: MailboxConfig) => void;
  /** An existing mailbox: an empty password means the one it has. */
  known?: boolean;
}

export function usePresets() {
  return useQuery({
    queryKey: keys.presets,
    queryFn: async ({ signal }) => {
      const read = await get<Preset[] | { items: Preset[] }>("/setup/presets", signal);
      return Array.isArray(read) ? read : read.items;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Address and password first; the servers fill in by themselves where the provider is known. */
export function MailboxFields({ value, onChange, known }: MailboxFieldsProps) {
  const { t, i18n } = useTranslation();
  const { data: presets = [] } = usePresets();
  const [chosen, setChosen] = useState("");
  const preset = presets.find(({ id }) => id === chosen);
  const hint = preset && (i18n.language.startsWith("fr") ? preset.hint_fr : preset.hint_en);
  const choose = (next: Preset | undefined, mailbox: MailboxConfig) => {
    setChosen(next?.id ?? "");
    onChange(next ? withPreset(mailbox, next) : mailbox);
  };
  const typeAddress = (address: string) => {
    const mailbox = withAddress(value, address);
    const found = known ? undefined : presetFor(address, presets);
    if (found && found.id !== chosen) choose(found, mailbox);
    else onChange(mailbox);
  };
  return (
    <div className={style.stack}>
      <div className={style.pair}>
        <Field
          type="email"
          label={t("mailbox.address")}
          value={value.address}
          onChange={(event) => typeAddress(event.target.value)}
          required
        />
        <Field
          label={t("mailbox.name")}
          hint={t("mailbox.name_hint")}
          value={value.name}
          onChange={(event) => onChange({ ...value, name: event.target.value })}
        />
      </div>
      <Select
        label={t("mailbox.provider")}
        value={value.kind === "smtp" ? "smtp" : chosen}
        onChange={(event) => {
          if (event.target.value === "smtp") {
            setChosen("");
            onChange({ ...value, kind: "smtp" });
          } else
            choose(
              presets.find(({ id }) => id === event.target.value),
              { ...value, kind: "imap" },
            );
        }}
        hint={value.kind === "smtp" ? t("mailbox.relay_hint") : hint || undefined}
      >
        <option value="">{t("mailbox.other")}</option>
        {presets.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        <option value="smtp">{t("mailbox.relay")}</option>
      </Select>
      <div className={style.pair}>
        <Field
          label={t("mailbox.username")}
          autoComplete="off"
          value={value.username}
          onChange={(event) => onChange({ ...value, username: event.target.value })}
        />
        <Field
          type="password"
          label={t(value.auth === "xoauth2" ? "mailbox.token" : "mailbox.password")}
          hint={known ? t("mailbox.password_kept") : undefined}
          autoComplete="new-password"
          value={value.password}
          onChange={(event) => onChange({ ...value, password: event.target.value })}
        />
      </div>
      <Check
        label={t("mailbox.xoauth2")}
        checked={value.auth === "xoauth2"}
        onChange={(event) => onChange({ ...value, auth: event.target.checked ? "xoauth2" : "password" })}
      />
      {value.kind === "imap" ? (
        <ServerFields
          label={t("mailbox.imap")}
          example="imap.maison-lila.example"
          value={value.imap}
          onChange={(imap) => onChange({ ...value, imap })}
        />
      ) : null}
      {value.smtp ? (
        <ServerFields
          label={t("mailbox.smtp")}
          example="smtp.maison-lila.example"
          value={value.smtp}
          onChange={(smtp) => onChange({ ...value, smtp })}
        />
      ) : null}
      <Check
        label={t("mailbox.no_smtp")}
        hint={value.smtp ? undefined : t("mailbox.no_smtp_hint")}
        checked={value.smtp === null}
        onChange={(event) =>
          onChange({ ...value, smtp: event.target.checked ? null : { host: "", port: 465, security: "tls" } })
        }
      />
    </div>
  );
}

const SECURITY: MailServer["security"][] = ["tls", "starttls", "none"];

function ServerFields({
  label,
  example,
  value,
  onChange,
}: {
  label: string;
  example: string;
  value: MailServer;
  onChange: (server: MailServer) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className={style.group}>
      <legend>{label}</legend>
      <div className={style.server}>
        <Field
          quiet
          label={t("mailbox.host", { server: label })}
          placeholder={example}
          value={value.host}
          onChange={(event) => onChange({ ...value, host: event.target.value.trim() })}
        />
        <Field
          quiet
          type="number"
          min={1}
          max={65535}
          label={t("mailbox.port", { server: label })}
          value={value.port}
          onChange={(event) => onChange({ ...value, port: Number(event.target.value) })}
        />
        <Select
          quiet
          label={t("mailbox.security", { server: label })}
          value={value.security}
          onChange={(event) =>
            onChange({ ...value, security: SECURITY.find((it) => it === event.target.value) ?? "tls" })
          }
        >
          {SECURITY.map((it) => (
            <option key={it} value={it}>
              {t(`mailbox.secured.${it}`)}
            </option>
          ))}
        </Select>
      </div>
    </fieldset>
  );
}
