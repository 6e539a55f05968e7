import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Party, PartyInput } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field, Select } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import { PARTY_KINDS, useSaveParty } from "./api/parties";
import style from "./Settings.module.css";

const NEW: PartyInput = { name: "", kind: "warehouse", address: "", language: "fr", archived: false };

export function PartyDialog({ party, onClose }: { party: Party | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveParty(party?.id ?? null);
  const [value, setValue] = useState<PartyInput>(() => {
    if (!party) return NEW;
    const { id: _, ...kept } = party;
    return kept;
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={party ? t("settings.inside.edit", { name: party.name }) : t("settings.inside.add")}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button
            kind="primary"
            busy={save.isPending}
            disabled={!value.name.trim() || !value.address.includes("@")}
            onClick={() => save.mutate(value, { onSuccess: onClose })}
          >
            {t("settings.inside.save")}
          </Button>
        </>
      }
    >
      <div className={style.form}>
        <Field
          label={t("settings.inside.name")}
          value={value.name}
          maxLength={60}
          onChange={(event) => setValue({ ...value, name: event.target.value })}
        />
        <Select
          label={t("settings.inside.kind")}
          value={value.kind}
          onChange={(event) => setValue({ ...value, kind: event.target.value as Party["kind"] })}
        >
          {PARTY_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`ask.kind.${kind}`)}
            </option>
          ))}
        </Select>
        <Field
          label={t("settings.inside.address")}
          type="email"
          value={value.address}
          onChange={(event) => setValue({ ...value, address: event.target.value })}
        />
        <Select
          label={t("settings.inside.language")}
          value={value.language}
          onChange={(event) => setValue({ ...value, language: event.target.value as "fr" | "en" })}
        >
          <option value="fr">{t("language.fr")}</option>
          <option value="en">{t("language.en")}</option>
        </Select>
        <ErrorLine error={save.error} />
      </div>
    </Dialog>
  );
}
