import { useTranslation } from "react-i18next";
import { Problem } from "@/shared/api/problem";
import { Field } from "@/shared/ui/Field";
import type { NewDesk } from "./api/setup";

interface PersonFieldsProps {
  value: NewDesk["person"];
  error: unknown;
  onChange: (part: Partial<NewDesk["person"]>) => void;
}

export function PersonFields({ value, error, onChange }: PersonFieldsProps) {
  const { t } = useTranslation();
  const wrong = (name: string) => (error instanceof Problem ? error.field(name) : undefined);
  return (
    <>
      <Field
        label={t("setup.person_name")}
        hint={t("setup.person_name_hint")}
        autoComplete="name"
        value={value.name}
        onChange={(event) => onChange({ name: event.target.value })}
        required
      />
      <Field
        type="email"
        label={t("sign_in.email")}
        autoComplete="username"
        value={value.email}
        error={wrong("email")}
        onChange={(event) => onChange({ email: event.target.value })}
        required
      />
      <Field
        type="password"
        label={t("sign_in.password")}
        hint={t("sign_in.password_hint")}
        autoComplete="new-password"
        minLength={10}
        value={value.password}
        error={wrong("password")}
        onChange={(event) => onChange({ password: event.target.value })}
        required
      />
    </>
  );
}
