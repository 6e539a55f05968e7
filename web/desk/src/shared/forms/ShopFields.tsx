import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ShopInput } from "@/shared/api/types";
import { uploadFile, uploadFirstLogo } from "@/shared/api/upload";
import { Button } from "@/shared/ui/Button";
import { Field, Select, TextArea } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import style from "./Pair.module.css";

/** French public holidays, with the zones that have more of them. */
const HOLIDAYS = [
  "FR",
  "FR-57",
  "FR-67",
  "FR-68",
  "FR-971",
  "FR-972",
  "FR-973",
  "FR-974",
  "FR-976",
  "FR-977",
  "FR-978",
];

export function newShop(language: "fr" | "en"): ShopInput {
  return {
    name: "",
    url: "",
    phone: "",
    address: "",
    siret: "",
    language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone || "Europe/Paris",
    holidays: "FR",
    colour: "#1F5B45",
    logo: null,
  };
}

/** A shop being set up: its logo is named by a token. */
export type FirstShopInput = ShopInput & { logo_token?: string | undefined };

interface ShopFieldsProps {
  value: ShopInput;
  logoUrl?: string | null;
  /** The shop is being set up: nobody is signed in, and the logo has no shop yet. */
  first?: boolean;
  onChange: (part: Partial<FirstShopInput>) => void;
}

export function ShopFields({ value, logoUrl, first = false, onChange }: ShopFieldsProps) {
  const { t } = useTranslation();
  const zones = Intl.supportedValuesOf("timeZone");
  return (
    <div className={style.stack}>
      <Field
        label={t("shop.name")}
        value={value.name}
        onChange={(event) => onChange({ name: event.target.value })}
        required
      />
      <LogoField url={logoUrl ?? null} first={first} onChange={onChange} />
      <div className={style.pair}>
        <Field
          type="url"
          label={t("shop.url")}
          placeholder="https://"
          value={value.url}
          onChange={(event) => onChange({ url: event.target.value })}
        />
        <Field
          type="tel"
          label={t("shop.phone")}
          value={value.phone}
          onChange={(event) => onChange({ phone: event.target.value })}
        />
      </div>
      <TextArea
        label={t("shop.address")}
        rows={2}
        value={value.address}
        onChange={(event) => onChange({ address: event.target.value })}
      />
      <Field
        label={t("shop.siret")}
        hint={t("shop.siret_hint")}
        value={value.siret}
        onChange={(event) => onChange({ siret: event.target.value })}
      />
      <div className={style.pair}>
        <Select
          label={t("shop.language")}
          value={value.language}
          onChange={(event) => onChange({ language: event.target.value === "en" ? "en" : "fr" })}
        >
          <option value="fr">{t("language.fr")}</option>
          <option value="en">{t("language.en")}</option>
        </Select>
        <Field
          type="color"
          label={t("shop.colour")}
          hint={t("shop.colour_hint")}
          value={value.colour || "#1F5B45"}
          onChange={(event) => onChange({ colour: event.target.value })}
        />
      </div>
      <div className={style.pair}>
        <Select
          label={t("shop.timezone")}
          value={value.timezone}
          onChange={(event) => onChange({ timezone: event.target.value })}
        >
          {(zones.includes(value.timezone) ? zones : [value.timezone, ...zones]).map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </Select>
        <Select
          label={t("shop.holidays")}
          value={value.holidays}
          onChange={(event) => onChange({ holidays: event.target.value })}
        >
          <option value="">{t("shop.no_holidays")}</option>
          {HOLIDAYS.map((zone) => (
            <option key={zone} value={zone}>
              {t(`shop.zone.${zone}`)}
            </option>
          ))}
        </Select>
      </div>
    </div>
  );
}

interface LogoFieldProps {
  url: string | null;
  first: boolean;
  onChange: (part: Partial<FirstShopInput>) => void;
}

function LogoField({ url, first, onChange }: LogoFieldProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState(url);
  const upload = useMutation({
    mutationFn: async (file: File): Promise<Partial<FirstShopInput>> =>
      first ? { logo_token: (await uploadFirstLogo(file)).token } : { logo: (await uploadFile(file)).id },
    onSuccess: (kept, picture) => {
      setShown(URL.createObjectURL(picture));
      onChange(kept);
    },
  });
  return (
    <fieldset className={style.group}>
      <legend>{t("shop.logo")}</legend>
      <div className={style.logo}>
        {shown ? <img src={shown} alt={t("shop.logo")} /> : null}
        <input
          ref={input}
          type="file"
          accept="image/png,image/jpeg,image/webp,image/gif"
          hidden
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) upload.mutate(file);
          }}
        />
        <Button busy={upload.isPending} onClick={() => input.current?.click()}>
          {t(shown ? "shop.logo_change" : "shop.logo_choose")}
        </Button>
        {shown ? (
          <Button
            kind="ghost"
            onClick={() => {
              setShown(null);
              onChange(first ? { logo_token: undefined } : { logo: null });
            }}
          >
            {t("shop.logo_none")}
          </Button>
        ) : null}
      </div>
      <p className={style.hint}>{t("shop.logo_hint")}</p>
      <ErrorLine error={upload.error} />
    </fieldset>
  );
}
