import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "@/shared/session/useMe";
import { Button } from "@/shared/ui/Button";
import { Check, Field } from "@/shared/ui/Field";
import { Part } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine, ErrorState } from "@/shared/ui/States";
import { type SignatureSettings, useSaveSignature, useSignature } from "./api/me";
import style from "./Settings.module.css";
import { useSaved } from "./useSaved";

/** A person signs, with the shop's logo (P04): only the line below the name is chosen. */
export function SignaturePart() {
  const { t } = useTranslation();
  const me = useSignedIn();
  const saved = useSaved();
  const read = useSignature();
  const save = useSaveSignature();
  const [value, setValue] = useState<SignatureSettings | null>(null);
  const { data } = read;
  useEffect(() => {
    if (data) setValue((before) => before ?? data);
  }, [data]);
  const first = me.person.name.split(" ")[0] ?? me.person.name;
  return (
    <Part title={t("settings.signature.title")} intro={t("settings.signature.intro")}>
      {value ? (
        <form
          className={style.form}
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate(value, { onSuccess: saved });
          }}
        >
          <Field
            label={t("settings.signature.role")}
            hint={t("settings.signature.role_hint")}
            value={value.role_line}
            onChange={(event) => setValue({ ...value, role_line: event.target.value })}
          />
          <Check
            label={t("settings.signature.first_name")}
            checked={value.first_name_only}
            onChange={(event) => setValue({ ...value, first_name_only: event.target.checked })}
          />
          <p className={style.meta}>
            {t("settings.signature.preview")}{" "}
            {[value.first_name_only ? first : me.person.name, value.role_line, me.shop.name]
              .filter(Boolean)
              .join(", ")}
          </p>
          <ErrorLine error={save.error} />
          <div className={style.save}>
            <Button type="submit" busy={save.isPending}>
              {t("settings.save")}
            </Button>
          </div>
        </form>
      ) : read.isError ? (
        <ErrorState error={read.error} onRetry={() => void read.refetch()} />
      ) : (
        <Skeleton lines={2} />
      )}
    </Part>
  );
}
