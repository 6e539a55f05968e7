import type { Editor } from "@tiptap/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { writing } from "@/shared/editor/writing";
import { useFacts } from "./api/saved-answers";
import { type Choice, Choices, moved } from "./Choices";
import { folded } from "./folded";
import style from "./Popover.module.css";
import { placed } from "./placed";

interface FactsMenuProps {
  conversation: number;
  language: string;
  editor: Editor;
  place: { left: number; top: number; bottom: number };
  onClose: () => void;
}

// The desk's own, in the order in which one looks for them; what comes from elsewhere follows.
const GROUPS = ["customer", "shop", "hours", "closing", "today", "received", "author"];

/** Facts one key away (P05): the customer, the shop, its hours, put into the text as they are. */
export function FactsMenu({ conversation, language, editor, place, onClose }: FactsMenuProps) {
  const { t, i18n } = useTranslation();
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const facts = useFacts(conversation, language);
  const rank = (name: string) =>
    (GROUPS.indexOf(name.split(".")[0] ?? "") + GROUPS.length + 1) % (GROUPS.length + 1);
  const choices: Choice[] = (facts.data ?? [])
    .filter(({ name }) => name !== "greeting")
    .map(({ name, text }) => {
      const key = `reply.fact.${name.replaceAll(".", "_")}`;
      return { key: name, title: i18n.exists(key) ? t(key) : name, text };
    })
    .filter(({ title, text }) => folded(`${title} ${text}`).includes(folded(words)))
    .sort((a, b) => rank(a.key) - rank(b.key));
  const chosen = Math.min(at, Math.max(0, choices.length - 1));
  const pick = (choice?: Choice) => {
    if (!choice?.text) return;
    writing(editor)
      .insertContent(
        choice.text
          .split("\n")
          .flatMap((line, n) => [...(n ? [{ type: "hardBreak" }] : []), { type: "text", text: line }]),
      )
      .run();
    onClose();
  };
  const leave = () => {
    onClose();
    editor.view.focus();
  };
  return (
    <div className={style.popover} style={placed(place)} data-part="facts">
      <Choices
        id="facts"
        label={t("reply.facts")}
        choices={choices}
        at={chosen}
        empty={facts.isPending ? t("reply.slash.looking") : t("reply.slash.none", { words })}
        onAt={setAt}
        onPick={pick}
        head={
          <input
            type="search"
            className={style.search}
            // biome-ignore lint/a11y/noAutofocus: it opens in answer to the person's own press
            autoFocus
            value={words}
            placeholder={t("reply.facts_find")}
            aria-label={t("reply.facts_find")}
            aria-controls="facts"
            aria-activedescendant={choices.length ? `facts-${chosen}` : undefined}
            onChange={(event) => {
              setWords(event.target.value);
              setAt(0);
            }}
            onBlur={(event) => {
              if (!event.relatedTarget) onClose();
            }}
            onKeyDown={(event) => {
              const to = moved(event, chosen, choices.length);
              if (to !== null) setAt(to);
              else if (event.key === "Enter") pick(choices[chosen]);
              else if (event.key === "Escape") leave();
              else return;
              event.preventDefault();
              event.stopPropagation();
            }}
          />
        }
      />
    </div>
  );
}
