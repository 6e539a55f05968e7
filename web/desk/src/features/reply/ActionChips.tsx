import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AnswerAction } from "@/shared/api/types";
import { usePeople } from "@/shared/session/usePeople";
import { useTeams } from "@/shared/session/useTeams";
import { sameAction, useActionWords } from "./actions";
import style from "./Beside.module.css";

interface ActionChipsProps {
  actions: AnswerAction[];
  onChange: (actions: AnswerAction[]) => void;
}

/** What is done beside the sending, by the saved answer's word, unless it is taken out here. */
export function ActionChips({ actions, onChange }: ActionChipsProps) {
  const { t } = useTranslation();
  const people = usePeople(actions.some(({ person }) => person));
  const teams = useTeams(actions.some(({ team }) => team));
  const words = useActionWords(people.data, teams.data);
  if (actions.length === 0) return null;
  return (
    <section className={style.box} aria-label={t("reply.actions")} data-part="actions">
      <p className={style.summary}>{t("reply.actions")}</p>
      <ul className={style.chips}>
        {actions.map((it) => (
          <li key={JSON.stringify(it)} className={style.chip}>
            <b>{words(it)}</b>
            <button
              type="button"
              className={style.remove}
              aria-label={t("reply.action_remove", { what: words(it) })}
              onClick={() => onChange(actions.filter((other) => !sameAction(other, it)))}
            >
              <X size={13} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
