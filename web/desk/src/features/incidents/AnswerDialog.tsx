import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { IncidentAnswer } from "@/shared/api/types";
import { later } from "@/shared/later";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { inFrame } from "@/shared/ui/in-frame";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine } from "@/shared/ui/States";
import { why } from "./AnswerRow";
import type { Edit } from "./api/incidents";
import style from "./Incidents.module.css";

const Editor = later(() => import("@/shared/editor/Editor"), "default");

interface AnswerDialogProps {
  answer: IncidentAnswer;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onKeep: (edit: Omit<Edit, "conversation">) => void;
}

/** What one customer is sent, beside what they asked; to be changed alone before it leaves. */
export function AnswerDialog({ answer, busy, error, onClose, onKeep }: AnswerDialogProps) {
  const { t, i18n } = useTranslation();
  const [html, setHtml] = useState(answer.html);
  const [reason, setReason] = useState(answer.pass_reason);
  const gone = answer.state === "waiting" || answer.state === "sent";
  const hard = answer.findings.filter(({ severity }) => severity !== "warn");
  const passable = hard.length > 0 && hard.every(({ severity }) => severity === "stop");
  const changed = html !== answer.html || reason !== answer.pass_reason;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={answer.customer || answer.to[0] || t("owed.unknown")}
      intro={[answer.subject, answer.to.join(", "), why(answer, t)].filter(Boolean).join(" · ")}
    >
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          onKeep({ html: html === answer.html && !answer.own ? "" : html, pass_reason: reason });
        }}
      >
        {answer.asked ? (
          <section aria-label={t("incident.asked")}>
            <h3 className={style.meta}>{t("incident.asked")}</h3>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long one is scrolled by keyboard, too */}
            <blockquote className={style.quote} tabIndex={0}>
              {answer.asked}
            </blockquote>
          </section>
        ) : null}
        <section aria-label={t("incident.their_answer")}>
          <h3 className={style.meta}>{t("incident.their_answer")}</h3>
          {gone ? (
            // The server's own sanitised rendering, in a frame that can do nothing.
            <iframe
              className={style.frame}
              title={t("incident.their_answer")}
              sandbox=""
              srcDoc={inFrame(answer.html)}
            />
          ) : (
            <div className={style.body}>
              <Suspense fallback={<Skeleton lines={4} />}>
                <Editor
                  html={answer.html}
                  version={0}
                  language={answer.language || "fr"}
                  placeholder={t("incident.text")}
                  findings={answer.findings}
                  focus={0}
                  onChange={setHtml}
                />
              </Suspense>
            </div>
          )}
        </section>
        {answer.findings.length ? (
          <ul className={style.findings}>
            {answer.findings.map((it) => (
              <li key={it.key} data-severity={it.severity}>
                <b>{t(it.severity === "warn" ? "guard.check" : "guard.fix")}</b>{" "}
                {i18n.language.startsWith("fr") ? it.advice_fr : it.advice_en}
                {it.words ? ` ${t("guard.quote", { words: it.words })}` : ""}
              </li>
            ))}
          </ul>
        ) : null}
        {passable && !gone ? (
          <Field
            label={t("guard.reason")}
            hint={t("guard.reason_hint")}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        ) : null}
        <ErrorLine error={error} />
        {gone ? null : (
          <div className={style.acts}>
            <Button kind="primary" type="submit" busy={busy} disabled={!changed}>
              {t("incident.keep_own")}
            </Button>
            {answer.own ? (
              <Button busy={busy} onClick={() => onKeep({ html: "" })}>
                {t("incident.common_text")}
              </Button>
            ) : null}
          </div>
        )}
      </form>
    </Dialog>
  );
}
