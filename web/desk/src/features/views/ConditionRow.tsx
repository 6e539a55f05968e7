import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Choices } from "@/shared/api/types";
import { Field as Input, Select } from "@/shared/ui/Field";
import { fieldOf, firstValue, offered } from "./fields";
import type { Leaf } from "./tree";
import style from "./ViewDialog.module.css";

interface ConditionRowProps {
  leaf: Leaf;
  choices: Choices;
  onChange: (leaf: Leaf) => void;
  onRemove: () => void;
}

/** One condition in words: what is looked at, is or isn't, and what. */
export function ConditionRow({ leaf, choices, onChange, onRemove }: ConditionRowProps) {
  const { t } = useTranslation();
  const field = fieldOf(leaf.field, choices);
  const pick = (name: string) => {
    const next = fieldOf(name, choices);
    if (next) onChange({ ...leaf, field: name, op: next.op, value: firstValue(next, choices) });
  };
  return (
    <div className={style.condition}>
      <Select
        quiet
        label={t("views.field_label")}
        value={leaf.field}
        onChange={(event) => pick(event.target.value)}
      >
        {offered(choices).map(({ name, title }) => (
          <option key={name} value={name}>
            {title ?? t(`views.field.${name}`)}
          </option>
        ))}
      </Select>
      <Select
        quiet
        label={t("views.is_label")}
        value={leaf.not ? "not" : "is"}
        onChange={(event) => onChange({ ...leaf, not: event.target.value === "not" })}
      >
        <option value="is">{t(`views.op.${leaf.op}`)}</option>
        <option value="not">{t(`views.op_not.${leaf.op}`)}</option>
      </Select>
      {field ? (
        <Value leaf={leaf} choices={choices} onValue={(value) => onChange({ ...leaf, value })} />
      ) : (
        <span>{leaf.field}</span>
      )}
      <button type="button" className={style.remove} onClick={onRemove} aria-label={t("views.remove")}>
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  );
}

interface ValueProps {
  leaf: Leaf;
  choices: Choices;
  onValue: (value: unknown) => void;
}

function Value({ leaf, choices, onValue }: ValueProps) {
  const { t } = useTranslation();
  const field = fieldOf(leaf.field, choices);
  const label = t("views.value_label");
  if (field?.input === "text")
    return (
      <Input
        quiet
        label={label}
        value={String(leaf.value)}
        onChange={(event) => onValue(event.target.value)}
        maxLength={100}
      />
    );
  if (field?.input === "day")
    return (
      <Input
        quiet
        type="date"
        label={label}
        value={String(leaf.value)}
        onChange={(event) => onValue(event.target.value)}
      />
    );
  if (field?.input === "number")
    return (
      <Input
        quiet
        type="number"
        min={0}
        max={1000}
        label={label}
        value={String(leaf.value)}
        onChange={(event) => onValue(event.target.value === "" ? "" : Number(event.target.value))}
      />
    );
  const options: { value: unknown; words: string }[] =
    field?.input === "yes"
      ? [true, false].map((value) => ({ value, words: t(value ? "views.yes" : "views.no") }))
      : [
          ...(field?.words ?? []).map((value) => ({
            value,
            words: field?.title ? ownWord(t, value) : t(`views.value.${leaf.field}.${value}`),
          })),
          ...(field?.from ? named(choices, field.from) : []),
        ];
  return (
    <Select
      quiet
      label={label}
      value={JSON.stringify(leaf.value)}
      onChange={(event) => onValue(JSON.parse(event.target.value))}
    >
      {options.some(({ value }) => value === leaf.value) ? null : (
        <option value={JSON.stringify(leaf.value)}>{t("views.gone")}</option>
      )}
      {options.map(({ value, words }) => (
        <option key={String(value)} value={JSON.stringify(value)}>
          {words}
        </option>
      ))}
    </Select>
  );
}

/** A value of a field of the shop's own: its word, yes or no, or nothing noted. */
function ownWord(t: (key: string) => string, value: string | number): string {
  if (value === "") return t("views.nothing");
  return value === "yes" || value === "no" ? t(`views.${value}`) : String(value);
}

/** A reason of the second level stands behind its first. */
function named(
  choices: Choices,
  from: Exclude<keyof Choices, "fields">,
): { value: unknown; words: string }[] {
  const all = choices[from];
  const name = new Map(all.map((it) => [it.id, it.name]));
  return all.map((it) => ({
    value: it.id,
    words: it.parent ? `${name.get(it.parent) ?? ""} › ${it.name}` : it.name,
  }));
}
