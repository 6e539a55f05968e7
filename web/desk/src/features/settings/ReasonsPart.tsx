import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reason } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Field, Select } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import { useChangeLabels } from "./api/labels";
import { NameField } from "./NameField";
import style from "./Settings.module.css";

export function ReasonsPart({ reasons }: { reasons: Reason[] }) {
  const { t } = useTranslation();
  const change = useChangeLabels();
  const [name, setName] = useState("");
  const [parent, setParent] = useState(0);
  const groups = reasons.filter((it) => it.parent === 0);
  const ordered = groups.flatMap((group) => [group, ...reasons.filter((it) => it.parent === group.id)]);
  return (
    <>
      <ul>
        {ordered.map((reason) => (
          <li
            key={reason.id}
            className={cx(style.row, style.short)}
            style={{ paddingInlineStart: reason.parent ? 24 : 0 }}
          >
            <NameField
              label={t("settings.labels.rename", { name: reason.name })}
              name={reason.name}
              off={reason.archived}
              onSave={(next) =>
                change.mutate({
                  how: "put",
                  path: `reasons/${reason.id}`,
                  body: { name: next, parent: reason.parent, position: reason.position },
                })
              }
            />
            <Button
              kind="ghost"
              onClick={() =>
                change.mutate({
                  how: "post",
                  path: `reasons/${reason.id}/archive`,
                  body: { archived: !reason.archived },
                })
              }
            >
              {t(reason.archived ? "settings.labels.restore" : "settings.labels.archive")}
              <span className="visually-hidden"> {reason.name}</span>
            </Button>
          </li>
        ))}
      </ul>
      <form
        className={style.pair}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(
            { how: "post", path: "reasons", body: { name, parent, position: reasons.length } },
            { onSuccess: () => setName("") },
          );
        }}
      >
        <Field
          label={t("settings.labels.reason_new")}
          value={name}
          maxLength={60}
          required
          onChange={(event) => setName(event.target.value)}
        />
        <Select
          label={t("settings.labels.group")}
          value={parent}
          onChange={(event) => setParent(Number(event.target.value))}
        >
          <option value={0}>{t("settings.labels.group_none")}</option>
          {groups
            .filter((it) => !it.archived)
            .map((group) => (
              <option key={group.id} value={group.id}>
                {group.name}
              </option>
            ))}
        </Select>
        <Button type="submit" busy={change.isPending}>
          {t("settings.labels.add")}
        </Button>
      </form>
      <ErrorLine error={change.error} />
    </>
  );
}
