import { useTranslation } from "react-i18next";
import type { Tag } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Select } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import { TAG_COLOURS } from "@/shared/ui/tag-colour";
import { useChangeLabels } from "./api/labels";
import { NameField } from "./NameField";
import style from "./Settings.module.css";

export function TagsPart({ tags }: { tags: Tag[] }) {
  const { t } = useTranslation();
  const change = useChangeLabels();
  const save = ({ id, name, colour, archived }: Tag) =>
    change.mutate({ how: "put", path: `tags/${id}`, body: { name, colour, archived } });
  if (!tags.length) return <p className={style.meta}>{t("settings.labels.tags_none")}</p>;
  return (
    <>
      <ul>
        {tags.map((tag) => (
          <li key={tag.id} className={cx(style.row, style.short)}>
            <NameField
              label={t("settings.labels.rename", { name: tag.name })}
              name={tag.name}
              off={tag.archived}
              onSave={(name) => save({ ...tag, name })}
            />
            <span className={style.acts}>
              <Select
                quiet
                label={t("settings.labels.colour", { name: tag.name })}
                value={tag.colour}
                onChange={(event) => save({ ...tag, colour: event.target.value })}
              >
                {TAG_COLOURS.map((colour) => (
                  <option key={colour} value={colour}>
                    {t(`settings.labels.colours.${colour || "none"}`)}
                  </option>
                ))}
              </Select>
              <Button kind="ghost" onClick={() => save({ ...tag, archived: !tag.archived })}>
                {t(tag.archived ? "settings.labels.restore" : "settings.labels.archive")}
                <span className="visually-hidden"> {tag.name}</span>
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <ErrorLine error={change.error} />
    </>
  );
}
