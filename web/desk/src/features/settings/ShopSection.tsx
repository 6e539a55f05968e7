import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ShopFields } from "@/shared/forms";
import { useSignedIn } from "@/shared/session/useMe";
import { Button } from "@/shared/ui/Button";
import { Check, TextArea } from "@/shared/ui/Field";
import { Part } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine, ErrorState } from "@/shared/ui/States";
import { type ShopSettings, useSaveShop, useShop } from "./api/shop";
import { RemindPart } from "./RemindPart";
import style from "./Settings.module.css";
import { useSaved } from "./useSaved";

export function ShopSection() {
  const { t } = useTranslation();
  const me = useSignedIn();
  const saved = useSaved();
  const read = useShop();
  const save = useSaveShop();
  const [value, setValue] = useState<ShopSettings | null>(null);
  const { data } = read;
  useEffect(() => {
    if (data) setValue((before) => before ?? data);
  }, [data]);
  if (!value) {
    return read.isError ? (
      <ErrorState error={read.error} onRetry={() => void read.refetch()} />
    ) : (
      <Skeleton lines={6} />
    );
  }
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(value, { onSuccess: saved });
      }}
    >
      <Part title={t("settings.shop.identity")}>
        <ShopFields
          value={value.shop}
          logoUrl={me.shop.logo_url}
          onChange={(part) => setValue({ ...value, shop: { ...value.shop, ...part } })}
        />
      </Part>
      <Part title={t("settings.ack.title")} intro={t("settings.ack.intro")}>
        <Check
          label={t("settings.ack.enabled")}
          checked={value.ack.enabled}
          onChange={(event) => setValue({ ...value, ack: { ...value.ack, enabled: event.target.checked } })}
        />
        {value.ack.enabled ? (
          <>
            <TextArea
              label={t("settings.ack.text_fr")}
              hint={t("settings.ack.empty")}
              rows={4}
              value={value.ack.text_fr}
              onChange={(event) => setValue({ ...value, ack: { ...value.ack, text_fr: event.target.value } })}
            />
            <TextArea
              label={t("settings.ack.text_en")}
              hint={t("settings.ack.empty")}
              rows={4}
              value={value.ack.text_en}
              onChange={(event) => setValue({ ...value, ack: { ...value.ack, text_en: event.target.value } })}
            />
          </>
        ) : null}
      </Part>
      {value.remind ? (
        <RemindPart value={value.remind} onChange={(remind) => setValue({ ...value, remind })} />
      ) : null}
      <ErrorLine error={save.error} />
      <div className={style.save}>
        <Button kind="primary" type="submit" busy={save.isPending}>
          {t("settings.save")}
        </Button>
      </div>
    </form>
  );
}
