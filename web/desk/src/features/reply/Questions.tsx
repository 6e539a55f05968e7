import { useTranslation } from "react-i18next";
import type { Question } from "@/shared/api/types";
import style from "./Beside.module.css";

interface QuestionsProps {
  questions: Question[];
  /** Words of those that the author ticked. */
  ticked: string[];
  onTick: (words: string, on: boolean) => void;
}

/** The customer's questions (P06): ticked by what the answer says, or by hand. */
export function Questions({ questions, ticked, onTick }: QuestionsProps) {
  const { t } = useTranslation();
  if (questions.length === 0) return null;
  const done = questions.filter(({ answered }) => answered).length;
  return (
    <details className={style.box} open={done < questions.length} data-part="questions">
      <summary className={style.summary}>{t("reply.questions", { count: questions.length, done })}</summary>
      <ul className={style.ticks}>
        {questions.map(({ words, answered }) => (
          <li key={words}>
            <label className={style.tick}>
              <input
                type="checkbox"
                checked={answered}
                // What the words themselves answer stays ticked as long as they stand there.
                disabled={answered && !ticked.includes(words)}
                onChange={(event) => onTick(words, event.target.checked)}
              />
              <span>{words}</span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}
