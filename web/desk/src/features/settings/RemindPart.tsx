import { useTranslation } from "react-i18next";
import { Check, TextArea } from "@/shared/ui/Field";
import { Part } from "@/shared/ui/Sheet";
import type { ShopSettings } from "./api/shop";

type Remind = NonNullable<ShopSettings["remind"]>;

/** What a customer whom we wait for is told on days 3 and 7. */
export function RemindPart({ value, onChange }: { value: Remind; onChange: (value: Remind) => void }) {
  const { t } = useTranslation();
  return (
    <Part title={t("settings.remind.title")} intro={t("settings.remind.intro")}>
      <Check
        label={t("settings.remind.enabled")}
        checked={value.enabled}
        onChange={(event) => onChange({ ...value, enabled: event.target.checked })}
      />
      {value.enabled ? (
        <>
          <TextArea
            label={t("settings.remind.text_fr")}
            hint={t("settings.remind.empty")}
            rows={4}
            value={value.text_fr}
            onChange={(event) => onChange({ ...value, text_fr: event.target.value })}
          />
          <TextArea
            label={t("settings.remind.text_en")}
            hint={t("settings.remind.empty")}
            rows={4}
            value={value.text_en}
            onChange={(event) => onChange({ ...value, text_en: event.target.value })}
          />
        </>
      ) : null}
    </Part>
  );
}
