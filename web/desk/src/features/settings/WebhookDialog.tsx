import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Webhook } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Check, Field } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import { useSaveWebhook } from "./api/programs";
import style from "./Settings.module.css";

interface Props {
  one?: Webhook;
  kinds: string[];
  onSaved?: (made: { secret?: string }) => void;
  onClose: () => void;
}

/** A webhook's name, address and events. */
export function WebhookDialog({ one, kinds, onSaved, onClose }: Props) {
  const { t } = useTranslation();
  const form = useId();
  const save = useSaveWebhook(one?.id);
  const [name, setName] = useState(one?.name ?? "");
  const [url, setUrl] = useState(one?.url ?? "https://");
  const [all, setAll] = useState(!one?.kinds.length);
  const [chosen, setChosen] = useState<string[]>(one?.kinds ?? []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { name: name.trim(), url: url.trim(), kinds: all ? [] : chosen },
      {
        onSuccess: (made) => {
          onSaved?.(made);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={one ? t("settings.webhooks.edit_title", { name: one.name }) : t("settings.webhooks.add")}
      actions={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t("settings.webhooks.back")}
          </Button>
          <Button
            type="submit"
            form={form}
            kind="primary"
            busy={save.isPending}
            disabled={!all && chosen.length === 0}
          >
            {t("settings.webhooks.save")}
          </Button>
        </>
      }
    >
      <form id={form} className={style.form} onSubmit={submit}>
        <Field
          label={t("settings.webhooks.name")}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
          required
        />
        <Field
          type="url"
          label={t("settings.webhooks.url")}
          hint={t("settings.webhooks.url_hint")}
          value={url}
          maxLength={2000}
          onChange={(event) => setUrl(event.target.value)}
          required
        />
        <fieldset className={style.choices}>
          <legend>{t("settings.webhooks.kinds")}</legend>
          <Check
            radio
            name="which"
            label={t("settings.webhooks.all")}
            checked={all}
            onChange={() => setAll(true)}
          />
          <Check
            radio
            name="which"
            label={t("settings.webhooks.some")}
            checked={!all}
            onChange={() => setAll(false)}
          />
        </fieldset>
        {all ? null : (
          <div className={style.choices}>
            {kinds.map((kind) => (
              <Check
                key={kind}
                label={<code>{kind}</code>}
                checked={chosen.includes(kind)}
                onChange={(event) =>
                  setChosen(event.target.checked ? [...chosen, kind] : chosen.filter((it) => it !== kind))
                }
              />
            ))}
          </div>
        )}
        <ErrorLine error={save.error} />
      </form>
    </Dialog>
  );
}
