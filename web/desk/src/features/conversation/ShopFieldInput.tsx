import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ShopField } from "@/shared/api/types";
import { Field, Select } from "@/shared/ui/Field";

interface ShopFieldInputProps {
  field: ShopField;
  value: string;
  onSave: (value: string) => void;
}

/** One of the shop's own fields, by its kind. */
export function ShopFieldInput({ field, value, onSave }: ShopFieldInputProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  if (field.kind === "choice" || field.kind === "yes_no") {
    const choices: [string, string][] =
      field.kind === "choice"
        ? field.choices.map((it) => [it, it])
        : [
            ["yes", t("attributes.yes")],
            ["no", t("attributes.no")],
          ];
    return (
      <Select label={field.name} value={value} onChange={(event) => onSave(event.target.value)}>
        <option value="" />
        {choices.map(([it, words]) => (
          <option key={it} value={it}>
            {words}
          </option>
        ))}
      </Select>
    );
  }
  const save = () => (typed.trim() === value ? undefined : onSave(typed));
  return (
    <Field
      label={field.name}
      type={field.kind === "date" ? "date" : "text"}
      inputMode={field.kind === "number" ? "decimal" : undefined}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter") save();
      }}
    />
  );
}
