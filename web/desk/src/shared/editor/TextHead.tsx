import type { Editor as Tiptap } from "@tiptap/core";
import { useTranslation } from "react-i18next";
import style from "@/shared/forms/Texts.module.css";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Menu } from "@/shared/ui/Menu";
import { VARIABLES } from "./variables";
import { writing } from "./writing";

const LANGUAGES = ["fr", "en"] as const;
export type TextLanguage = (typeof LANGUAGES)[number];

interface TextHeadProps {
  language: TextLanguage;
  onLanguage: (language: TextLanguage) => void;
  /** The text in each language; one that is missing is said. */
  texts: Partial<Record<TextLanguage, string>>;
  editor: Tiptap | null;
}

/** Above a text that is written in two languages: which one, and what stands for each customer's facts. */
export function TextHead({ language, onLanguage, texts, editor }: TextHeadProps) {
  const { t } = useTranslation();
  return (
    <div className={style.tabs}>
      <div className={style.tabs} role="tablist" aria-label={t("knowledge.language")}>
        {LANGUAGES.map((it) => (
          <button
            key={it}
            type="button"
            role="tab"
            aria-selected={it === language}
            className={cx(style.tab, it === language && style.on)}
            onClick={() => onLanguage(it)}
          >
            {t(`language.${it}`)}
            {texts[it] ? "" : ` · ${t("knowledge.no_text")}`}
          </button>
        ))}
      </div>
      <Menu
        label={t("knowledge.variables")}
        items={VARIABLES.map((name) => ({
          key: name,
          label: name,
          onSelect: () => void (editor ? writing(editor).insertContent(`{{${name}}}`).run() : undefined),
        }))}
        trigger={<Button kind="ghost">{t("knowledge.variables")}</Button>}
      />
    </div>
  );
}
