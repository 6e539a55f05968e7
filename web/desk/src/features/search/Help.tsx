import { useTranslation } from "react-i18next";
import style from "./Help.module.css";

const LINES = [
  "phrase",
  "prefix",
  "from",
  "subject",
  "dates",
  "is",
  "has",
  "tag",
  "in",
  "assignee",
  "channel",
  "lang",
] as const;

/** The operators, each with an example that can be pressed. */
export function Help({ onPick }: { onPick: (example: string) => void }) {
  const { t } = useTranslation();
  return (
    <dl className={style.help}>
      {LINES.map((line) => (
        <div key={line} className={style.line}>
          <dt>
            <button
              type="button"
              className={style.example}
              onClick={() => onPick(t(`search.help.${line}.example`))}
            >
              {t(`search.help.${line}.example`)}
            </button>
          </dt>
          <dd>{t(`search.help.${line}.words`)}</dd>
        </div>
      ))}
    </dl>
  );
}
