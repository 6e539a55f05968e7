import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation, Reason } from "@/shared/api/types";
import { Select } from "@/shared/ui/Field";

interface ReasonSelectProps {
  reasons: Reason[];
  value: Conversation["reason"];
  onChange: (reason: number | null) => void;
  ref?: Ref<HTMLSelectElement>;
}

/** Two levels: a group may be chosen itself. One that was archived stays where it is. */
export function ReasonSelect({ reasons, value, onChange, ref }: ReasonSelectProps) {
  const { t } = useTranslation();
  const shown = reasons.filter(({ archived, id }) => !archived || id === value?.id);
  const groups = shown.filter(({ parent }) => parent === 0);
  const orphans = shown.filter(({ parent }) => parent !== 0 && !groups.some(({ id }) => id === parent));
  return (
    <Select
      ref={ref}
      label={t("attributes.reason")}
      value={value ? String(value.id) : ""}
      onChange={(event) => onChange(event.target.value ? Number(event.target.value) : null)}
    >
      <option value="">{t("attributes.no_reason")}</option>
      {groups.map((group) => (
        <optgroup key={group.id} label={group.name}>
          <option value={group.id}>{group.name}</option>
          {shown
            .filter(({ parent }) => parent === group.id)
            .map((it) => (
              <option key={it.id} value={it.id}>
                {it.name}
              </option>
            ))}
        </optgroup>
      ))}
      {orphans.map((it) => (
        <option key={it.id} value={it.id}>
          {it.name}
        </option>
      ))}
    </Select>
  );
}
