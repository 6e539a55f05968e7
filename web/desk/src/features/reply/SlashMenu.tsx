import type { Editor } from "@tiptap/core";
import { type RefObject, useEffect, useImperativeHandle, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AnswerAction, RenderedAnswer, SavedAnswer } from "@/shared/api/types";
import type { Slash } from "@/shared/editor/slash";
import { writing } from "@/shared/editor/writing";
import { did } from "@/shared/tour/deeds";
import { Button } from "@/shared/ui/Button";
import { Kbd } from "@/shared/ui/Kbd";
import { renderAnswer, tellUsed, useSavedAnswers } from "./api/saved-answers";
import { type Choice, Choices, moved } from "./Choices";
import style from "./Popover.module.css";
import { placed } from "./placed";

/** What the editor hands its keys to while the menu is open. */
export interface MenuKeys {
  onKey: (event: KeyboardEvent) => boolean;
}

interface SlashMenuProps {
  slash: Slash;
  conversation: number;
  language: string;
  editor: Editor;
  keys: RefObject<MenuKeys | null>;
  onInserted: (actions: AnswerAction[]) => void;
}

/** Saved answers behind the slash: found as one types, rendered for this customer, put where the cursor is. */
export function SlashMenu({ slash, conversation, language, editor, keys, onInserted }: SlashMenuProps) {
  const { t } = useTranslation();
  const [at, setAt] = useState(0);
  const [missing, setMissing] = useState<{ answer: SavedAnswer; languages: string[] } | null>(null);
  const found = useSavedAnswers(slash.query, language, true);
  const answers = found.data?.answers ?? [];
  const folders = new Map((found.data?.folders ?? []).map(({ id, name }) => [id, name]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words, another list
  useEffect(() => setAt(0), [slash.query]);

  const choices: Choice[] = answers.map((answer) => ({
    key: String(answer.id),
    title: answer.title,
    group: slash.query === "" && answer.folder ? folders.get(answer.folder) : undefined,
    mark: [
      answer.shortcut ? `/${answer.shortcut}` : "",
      answer.missing_language
        ? t("reply.slash.no_language", { language: t(`reply.slash.in.${language}`) })
        : "",
    ]
      .filter(Boolean)
      .join(" · "),
    text: answer.preview,
  }));

  const insert = async (answer: SavedAnswer, lang: string) => {
    const rendered: RenderedAnswer = await renderAnswer(answer.id, conversation, lang);
    if (rendered.missing_language) {
      setMissing({ answer, languages: rendered.languages });
      return;
    }
    const { from, to } = slash;
    writing(editor).insertContentAt({ from, to }, rendered.html, { updateSelection: true }).run();
    tellUsed(answer.id);
    did("inserted");
    onInserted(rendered.actions);
    const { goToHole } = await import("@/shared/editor/holes");
    if (rendered.holes.length) goToHole(editor, from);
  };
  const pick = (choice: Choice | undefined) => {
    const answer = answers.find(({ id }) => String(id) === choice?.key);
    if (answer) void insert(answer, language);
  };
  useImperativeHandle(keys, () => ({
    onKey: (event) => {
      const to = moved(event, at, choices.length);
      if (to !== null) setAt(to);
      else if (event.key === "Enter" && missing?.languages[0])
        void insert(missing.answer, missing.languages[0]);
      else if ((event.key === "Enter" || event.key === "Tab") && choices.length) pick(choices[at]);
      else return false;
      event.preventDefault();
      return true;
    },
  }));

  return (
    <div className={style.popover} style={placed(slash)} data-part="slash">
      {missing ? (
        <div className={style.ask} role="alert">
          <p>
            {t("reply.slash.missing", {
              title: missing.answer.title,
              language: t(`reply.slash.in.${language}`),
            })}
          </p>
          <div className={style.acts}>
            {missing.languages.map((lang, n) => (
              <Button
                key={lang}
                kind={n === 0 ? "primary" : "plain"}
                hint={n === 0 ? "↵" : undefined}
                onClick={() => void insert(missing.answer, lang)}
              >
                {t("reply.slash.insert_in", { language: t(`reply.slash.in.${lang}`) })}
              </Button>
            ))}
            <Button kind="ghost" onClick={() => setMissing(null)}>
              {t("reply.slash.back")}
            </Button>
          </div>
        </div>
      ) : (
        <Choices
          id="saved-answers"
          label={t("reply.slash.title")}
          choices={choices}
          at={Math.min(at, Math.max(0, choices.length - 1))}
          empty={found.isPending ? t("reply.slash.looking") : t("reply.slash.none", { words: slash.query })}
          onAt={setAt}
          onPick={pick}
          foot={
            <>
              <span>
                <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t("reply.slash.choose")}
              </span>
              <span>
                <Kbd>↵</Kbd> {t("reply.slash.insert")}
              </span>
              <span>
                <Kbd>{t("reply.slash.escape")}</Kbd> {t("reply.slash.leave")}
              </span>
            </>
          }
        />
      )}
    </div>
  );
}
