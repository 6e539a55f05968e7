import { useTranslation } from "react-i18next";
import type { Finding } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Field } from "@/shared/ui/Field";
import { Kbd } from "@/shared/ui/Kbd";
import style from "./Findings.module.css";

interface FindingsProps {
  findings: Finding[];
  /** True once the guard has held the answer: then a reason may be given where only stops remain. */
  held: boolean;
  reason: string;
  onReason: (reason: string) => void;
  onPass: () => void;
  onFix: (finding: Finding) => void;
  onShow: (finding: Finding) => void;
  onDismiss: (finding: Finding) => void;
  busy: boolean;
}

const SHOWN_WARNINGS = 3;

/** Which one Alt+Enter mends: the gravest that has something to put in its place. */
export function firstFixable(findings: Finding[]): Finding | undefined {
  return sorted(findings).find(({ fix, words }) => fix && words);
}

function sorted(findings: Finding[]): Finding[] {
  const hard = findings.filter(({ severity }) => severity !== "warn");
  return [...hard, ...findings.filter(({ severity }) => severity === "warn").slice(0, SHOWN_WARNINGS)];
}

/** What the shop's best colleague would say before "send". */
export function Findings(props: FindingsProps) {
  const { findings, held, reason, onReason, onPass, onFix, onShow, onDismiss, busy } = props;
  const { t, i18n } = useTranslation();
  const shown = sorted(findings);
  const hard = findings.filter(({ severity }) => severity !== "warn");
  const passable = held && hard.length > 0 && hard.every(({ severity }) => severity === "stop");
  const next = firstFixable(findings);
  if (shown.length === 0) return null;
  return (
    <section className={style.box} aria-label={t("guard.title")} aria-live="polite">
      {shown.map((it) => (
        <div
          key={`${it.key ?? it.rule}${it.start}${it.words}`}
          className={style.finding}
          data-severity={it.severity}
        >
          <b>{t(it.severity === "warn" ? "guard.check" : "guard.fix")}</b>
          <span className={style.advice}>
            {i18n.language.startsWith("fr") ? it.advice_fr : it.advice_en}
            {it.words ? (
              <button
                type="button"
                className={style.words}
                title={t("guard.show")}
                onClick={() => onShow(it)}
              >
                {t("guard.quote", { words: it.words })}
              </button>
            ) : null}
          </span>
          {it.fix && it.words ? (
            <button type="button" className={style.mend} onClick={() => onFix(it)}>
              {it.fix} {it === next ? <Kbd>Alt ↵</Kbd> : null}
            </button>
          ) : null}
          {it.severity === "warn" ? (
            <button type="button" className={style.dismiss} onClick={() => onDismiss(it)}>
              {t("guard.dismiss")}
            </button>
          ) : null}
        </div>
      ))}
      {passable ? (
        <form
          className={style.pass}
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim()) onPass();
          }}
        >
          <Field
            label={t("guard.reason")}
            value={reason}
            onChange={(event) => onReason(event.target.value)}
            hint={t("guard.reason_hint")}
          />
          <Button type="submit" kind="danger" busy={busy} disabled={!reason.trim()}>
            {t("guard.pass")}
          </Button>
        </form>
      ) : null}
    </section>
  );
}
