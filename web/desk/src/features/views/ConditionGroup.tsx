import { useTranslation } from "react-i18next";
import type { Choices } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Select } from "@/shared/ui/Field";
import { ConditionRow } from "./ConditionRow";
import { firstValue, offered } from "./fields";
import { type Group, isGroup, type Mode, type Node, newGroup, newLeaf } from "./tree";
import style from "./ViewDialog.module.css";

interface ConditionGroupProps {
  group: Group;
  choices: Choices;
  /** How deep it stands; the server takes four levels with their "not". */
  depth?: number;
  onChange: (group: Group) => void;
  onRemove?: () => void;
}

/** "All of these conditions", "at least one", "none": and groups among them. */
export function ConditionGroup({ group, choices, depth = 1, onChange, onRemove }: ConditionGroupProps) {
  const { t } = useTranslation();
  const put = (at: number, by: Node | null) =>
    onChange({ ...group, items: group.items.flatMap((node) => (node.key !== at ? [node] : by ? [by] : [])) });
  const fresh = () => {
    const there = new Set(group.items.map((node) => (isGroup(node) ? "" : node.field)));
    const all = offered(choices);
    const field = all.find(({ name }) => !there.has(name)) ?? all[0];
    return field ? [newLeaf(field.name, field.op, firstValue(field, choices))] : [];
  };
  return (
    <fieldset className={style.group}>
      <legend className="visually-hidden">{t(`views.mode.${group.mode}`)}</legend>
      <div className={style.mode}>
        <Select
          quiet
          label={t("views.mode_label")}
          value={group.mode}
          onChange={(event) => onChange({ ...group, mode: event.target.value as Mode })}
        >
          <option value="all">{t("views.mode.all")}</option>
          <option value="any">{t("views.mode.any")}</option>
          <option value="none">{t("views.mode.none")}</option>
        </Select>
        {onRemove ? (
          <Button kind="ghost" onClick={onRemove}>
            {t("views.remove_group")}
          </Button>
        ) : null}
      </div>
      {group.items.map((node) =>
        isGroup(node) ? (
          <ConditionGroup
            key={node.key}
            group={node}
            choices={choices}
            depth={depth + 1}
            onChange={(next) => put(node.key, next)}
            onRemove={() => put(node.key, null)}
          />
        ) : (
          <ConditionRow
            key={node.key}
            leaf={node}
            choices={choices}
            onChange={(next) => put(node.key, next)}
            onRemove={() => put(node.key, null)}
          />
        ),
      )}
      <div className={style.add}>
        <Button kind="ghost" onClick={() => onChange({ ...group, items: [...group.items, ...fresh()] })}>
          {t("views.add")}
        </Button>
        {depth < 2 ? (
          <Button
            kind="ghost"
            onClick={() => onChange({ ...group, items: [...group.items, newGroup(fresh(), "any")] })}
          >
            {t("views.add_group")}
          </Button>
        ) : null}
      </div>
    </fieldset>
  );
}
