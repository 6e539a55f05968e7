import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { IncidentAnswer } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { At, Clock } from "@/shared/ui/Clock";
import style from "./Incidents.module.css";

interface AnswerRowProps {
  answer: IncidentAnswer;
  busy: boolean;
  onOpen: () => void;
  onToggle: () => void;
}

/** One customer: what they asked, where their answer stands and why. */
export function AnswerRow({ answer, busy, onOpen, onToggle }: AnswerRowProps) {
  const { t } = useTranslation();
  const { state } = answer;
  const gone = state === "waiting" || state === "sent";
  return (
    <tr className={style.row}>
      <td className={style.who}>
        <Link to="/$view/$conversation" params={{ view: "owed", conversation: String(answer.conversation) }}>
          {answer.customer || answer.to[0] || t("owed.unknown")}
        </Link>
        <span className={style.meta}>
          {answer.subject}
          {answer.due_at && state !== "sent" ? (
            <>
              {" · "}
              <Clock due={answer.due_at} />
            </>
          ) : null}
        </span>
        <span className={style.asked}>{answer.asked}</span>
      </td>
      <td className={style.where}>
        <span className={style.state} data-state={state} data-left={answer.left || undefined}>
          {state === "sent" && answer.left ? t(`incident.left.${answer.left}`) : t(`incident.state.${state}`)}
        </span>
        {state === "waiting" && answer.send_at ? (
          <span className={style.meta}>
            <At at={answer.send_at} />
          </span>
        ) : null}
        <span className={style.why}>{why(answer, t)}</span>
        {answer.own ? <span className={style.meta}>{t("incident.own")}</span> : null}
      </td>
      <td className={style.rowActs}>
        <Button data-answer={answer.conversation} onClick={onOpen}>
          {t(gone ? "incident.read" : "incident.open_it")}
        </Button>
        {gone && answer.left !== "undone" ? null : (
          <Button kind="ghost" hint="X" busy={busy} onClick={onToggle}>
            {t(state === "ready" || state === "stopped" ? "incident.exclude" : "incident.include")}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** In words why one doesn't leave: of the guard, what it found first. */
export function why(
  answer: IncidentAnswer,
  t: (key: string, values?: Record<string, unknown>) => string,
): string {
  if (!answer.why) return "";
  const first = answer.findings.find(({ severity }) => severity !== "warn");
  if (answer.why === "guard" && first) {
    return t("incident.why.guard_words", { words: first.words || first.rule });
  }
  return t([`incident.why.${answer.why}`, "incident.why.other"] as unknown as string);
}
