import { type Ref, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "@/shared/ui/Field";
import { type Found, useCustomers } from "./api/customers";
import style from "./CustomerPicker.module.css";

interface CustomerPickerProps {
  text: string;
  chosen: Found | null;
  onText: (text: string) => void;
  onChoose: (customer: Found | null) => void;
  ref?: Ref<HTMLInputElement>;
}

/** One field for whoever it was: known ones are offered as one types, arrows and Enter choose. */
export function CustomerPicker({ text, chosen, onText, onChoose, ref }: CustomerPickerProps) {
  const { t } = useTranslation();
  const id = useId();
  const [at, setAt] = useState(-1);
  const { data: found = [] } = useCustomers(chosen ? "" : text);
  const shown = chosen || text.trim().length < 2 ? [] : found;
  const choose = (customer: Found) => {
    onChoose(customer);
    onText(customer.name || customer.addresses?.[0] || customer.phones?.[0] || "");
    setAt(-1);
  };
  return (
    <div>
      <Field
        ref={ref}
        label={t("contact.who")}
        hint={
          chosen
            ? [chosen.addresses?.[0], chosen.phones?.[0]].filter(Boolean).join(" · ")
            : t("contact.who_hint")
        }
        value={text}
        required
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={id}
        aria-activedescendant={shown[at] ? `${id}-${shown[at].id}` : undefined}
        autoComplete="off"
        onChange={(event) => {
          onText(event.target.value);
          onChoose(null);
        }}
        onKeyDown={(event) => {
          if (shown.length === 0) return;
          if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            const by = event.key === "ArrowDown" ? 1 : -1;
            setAt((before) => (before + by + shown.length) % shown.length);
          }
          if (event.key === "Enter" && shown[at]) {
            event.preventDefault();
            choose(shown[at]);
          }
        }}
      />
      <div
        id={id}
        role="listbox"
        aria-label={t("contact.known")}
        className={style.list}
        hidden={shown.length === 0}
      >
        {shown.map((customer, n) => (
          <div
            key={customer.id}
            id={`${id}-${customer.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={n === at}
            className={style.option}
            onMouseDown={(event) => {
              event.preventDefault();
              choose(customer);
            }}
          >
            <b>{customer.name}</b> <span>{customer.addresses?.[0] ?? customer.phones?.[0]}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
