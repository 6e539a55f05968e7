import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { chooseLanguage, LANGUAGES } from "@/shared/i18n";
import style from "./Door.module.css";

/** The frame of what is seen before being signed in: one column, nothing else. */
export function Door({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const [, redraw] = useState(0);
  useEffect(() => {
    document.title = `${title} · Comptoir`;
  }, [title]);
  return (
    <main className={style.door}>
      <div className={style.column} data-wide={wide || undefined}>
        <p className={style.brand}>Comptoir</p>
        <h1 className={style.title}>{title}</h1>
        {children}
        <p className={style.languages}>
          {LANGUAGES.map((language) => (
            <button
              key={language}
              type="button"
              lang={language}
              aria-pressed={i18n.language === language}
              className={style.language}
              onClick={() => void chooseLanguage(language).then(() => redraw((n) => n + 1))}
            >
              {t(`language.${language}`)}
            </button>
          ))}
        </p>
      </div>
    </main>
  );
}
