import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ShopField } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Field, Select, TextArea } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import { FIELD_KINDS, type FieldKind, useChangeLabels } from "./api/labels";
import { NameField } from "./NameField";
import style from "./Settings.module.css";

export function FieldsPart({ fields }: { fields: ShopField[] }) {
  const { t } = useTranslation();
  const change = useChangeLabels();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<FieldKind>("text");
  const [choices, setChoices] = useState("");
  const save = ({ id, name, kind, choices, position, archived }: ShopField) =>
    change.mutate({ how: "put", path: `fields/${id}`, body: { name, kind, choices, position, archived } });
  return (
    <>
      <ul>
        {fields.map((field) => (
          <li key={field.id} className={cx(style.row, style.short)}>
            <span>
              <NameField
                label={t("settings.labels.rename", { name: field.name })}
                name={field.name}
                off={field.archived}
                onSave={(next) => save({ ...field, name: next })}
              />
              <span className={style.meta}>
                {t(`settings.labels.kinds.${field.kind}`)}
                {field.choices.length ? ` · ${field.choices.join(", ")}` : ""}
              </span>
            </span>
            <Button kind="ghost" onClick={() => save({ ...field, archived: !field.archived })}>
              {t(field.archived ? "settings.labels.restore" : "settings.labels.archive")}
              <span className="visually-hidden"> {field.name}</span>
            </Button>
          </li>
        ))}
      </ul>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(
            {
              how: "post",
              path: "fields",
              body: { name, kind, choices: choices.split("\n"), position: fields.length },
            },
            {
              onSuccess: () => {
                setName("");
                setChoices("");
              },
            },
          );
        }}
      >
        <div className={style.pair}>
          <Field
            label={t("settings.labels.field_new")}
            value={name}
            maxLength={60}
            required
            onChange={(event) => setName(event.target.value)}
          />
          <Select
            label={t("settings.labels.kind")}
            value={kind}
            onChange={(event) => setKind(FIELD_KINDS.find((it) => it === event.target.value) ?? "text")}
          >
            {FIELD_KINDS.map((it) => (
              <option key={it} value={it}>
                {t(`settings.labels.kinds.${it}`)}
              </option>
            ))}
          </Select>
        </div>
        {kind === "choice" ? (
          <TextArea
            label={t("settings.labels.choices")}
            value={choices}
            onChange={(event) => setChoices(event.target.value)}
          />
        ) : null}
        <div className={style.save}>
          <Button type="submit" busy={change.isPending}>
            {t("settings.labels.add")}
          </Button>
        </div>
      </form>
      <ErrorLine error={change.error} />
    </>
  );
}
