import { useTranslation } from "react-i18next";
import type { Finding } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Field } from "@/shared/ui/Field";
import style from "./Findings.module.css";

interface FindingsProps {
  findings: Finding[];
  /** True once the guard has held the answer: then a reason may be given where only stops remain. */
  held: boolean;
  reason: string;
  onReason: (reason: string) => void;
  onPass: () => void;
  busy: boolean;
}

const SHOWN_WARNINGS = 3;

/** What the shop's best colleague would say before "send". */
export function Findings({ findings, held, reason, onReason, onPass, busy }: FindingsProps) {
  const { t, i18n } = useTranslation();
  const hard = findings.filter(({ severity }) => severity !== "warn");
  const soft = findings.filter(({ severity }) => severity === "warn").slice(0, SHOWN_WARNINGS);
  const passable = held && hard.length > 0 && hard.every(({ severity }) => severity === "stop");
  if (hard.length + soft.length === 0) return null;
  return (
    <section className={style.box} aria-label={t("guard.title")} aria-live="polite">
      {[...hard, ...soft].map((it) => (
        <p key={`${it.rule}${it.start}${it.words}`} className={style.finding} data-severity={it.severity}>
          <b>{t(it.severity === "warn" ? "guard.check" : "guard.fix")}</b>
          <span>
            {i18n.language.startsWith("fr") ? it.advice_fr : it.advice_en}
            {it.words ? <q className={style.words}>{it.words}</q> : null}
          </span>
        </p>
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
