import { X } from "lucide-react";
import { type Ref, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation, Tag } from "@/shared/api/types";
import { Field } from "@/shared/ui/Field";
import { tagColour } from "@/shared/ui/tag-colour";
import style from "./Attributes.module.css";
import type { Act } from "./api/act";

interface TagsProps {
  conversation: Conversation;
  tags: Tag[];
  onDo: (step: Act) => void;
  ref?: Ref<HTMLInputElement>;
}

/** Typing makes a tag; one that is there is offered. */
export function Tags({ conversation, tags, onDo, ref }: TagsProps) {
  const { t } = useTranslation();
  const list = useId();
  const [typed, setTyped] = useState("");
  const add = () => {
    if (!typed.trim()) return;
    onDo({ verb: "tag", body: { name: typed, on: true } });
    setTyped("");
  };
  return (
    <div className={style.tagged}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Field
          ref={ref}
          label={t("attributes.tags")}
          value={typed}
          maxLength={60}
          list={list}
          placeholder={t("attributes.tag_hint")}
          onChange={(event) => setTyped(event.target.value)}
        />
      </form>
      {conversation.tags.length ? (
        <ul className={style.tags} aria-label={t("attributes.tags")}>
          {conversation.tags.map((tag) => (
            <li key={tag.id} className={style.tag} style={tagColour(tag.colour)}>
              {tag.name}
              <button
                type="button"
                className={style.remove}
                aria-label={t("attributes.untag", { name: tag.name })}
                onClick={() => onDo({ verb: "tag", body: { tag: tag.id, on: false } })}
              >
                <X size={12} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <datalist id={list}>
        {tags
          .filter(({ archived, id }) => !archived && !conversation.tags.some((it) => it.id === id))
          .map((tag) => (
            <option key={tag.id} value={tag.name} />
          ))}
      </datalist>
    </div>
  );
}
