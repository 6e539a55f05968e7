import { useTranslation } from "react-i18next";
import type { Finding } from "@/shared/api/types";
import { useCommands } from "@/shared/commands/commands";
import { ariaKeys } from "@/shared/keys/shortcut";
import { Button } from "@/shared/ui/Button";
import { Field } from "@/shared/ui/Field";
import { Kbd } from "@/shared/ui/Kbd";
import style from "./Findings.module.css";

interface FindingsProps {
  findings: Finding[];
  /** What its author may do about them; a reader only reads. */
  author?: {
    /** True once the guard has held the answer: then a reason may be given where only stops remain. */
    held: boolean;
    reason: string;
    onReason: (reason: string) => void;
    onPass: () => void;
    /** Beside passing a stop: a colleague's eyes. */
    onReading?: () => void;
    onFix: (finding: Finding) => void;
    onShow: (finding: Finding) => void;
    /** Keys of what was called a false alarm; a stop stays, said as told. */
    dismissed: string[];
    onDismiss: (finding: Finding) => void;
    busy: boolean;
  };
}

const SHOWN_WARNINGS = 3;

/** Which one Alt+Enter mends: the gravest that has something to put in its place. */
export function firstFixable(findings: Finding[]): Finding | undefined {
  return sorted(findings).find(({ fix, words }) => fix && words);
}

/** Which one Alt+Backspace calls a false alarm: the gravest that wasn't yet. */
export function firstDismissible(findings: Finding[], dismissed: string[]): Finding | undefined {
  return sorted(findings).find(({ key }) => !dismissed.includes(key));
}

function sorted(findings: Finding[]): Finding[] {
  const hard = findings.filter(({ severity }) => severity !== "warn");
  return [...hard, ...findings.filter(({ severity }) => severity === "warn").slice(0, SHOWN_WARNINGS)];
}

/** What the shop's best colleague would say before "send". */
export function Findings({ findings, author }: FindingsProps) {
  const { t, i18n } = useTranslation();
  const shown = sorted(findings);
  const hard = findings.filter(({ severity }) => severity !== "warn");
  const passable = author?.held && hard.length > 0 && hard.every(({ severity }) => severity === "stop");
  const next = firstFixable(findings);
  const doubted = author ? firstDismissible(findings, author.dismissed) : undefined;
  useCommands([
    ...(author && next
      ? [
          {
            key: "fix",
            group: "writing" as const,
            label: t("keys.fix"),
            hint: "Alt ↵",
            run: () => author.onFix(next),
          },
        ]
      : []),
    ...(author && doubted
      ? [
          {
            key: "false-alarm",
            group: "writing" as const,
            label: t("keys.false_alarm"),
            hint: "Alt ⌫",
            run: () => author.onDismiss(doubted),
          },
        ]
      : []),
  ]);
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
            {it.words && author ? (
              <button
                type="button"
                className={style.words}
                title={t("guard.show")}
                onClick={() => author.onShow(it)}
              >
                {t("guard.quote", { words: it.words })}
              </button>
            ) : null}
            {it.words && !author ? ` ${t("guard.quote", { words: it.words })}` : null}
          </span>
          {it.fix && it.words && author ? (
            <button
              type="button"
              className={style.mend}
              aria-keyshortcuts={it === next ? ariaKeys("Alt ↵") : undefined}
              onClick={() => author.onFix(it)}
            >
              {it.fix} {it === next ? <Kbd>Alt ↵</Kbd> : null}
            </button>
          ) : null}
          {author?.dismissed.includes(it.key) ? (
            <span className={style.dismiss} role="status">
              {t("guard.dismissed")}
            </span>
          ) : author ? (
            <button
              type="button"
              className={style.dismiss}
              aria-keyshortcuts={it === doubted ? ariaKeys("Alt ⌫") : undefined}
              onClick={() => author.onDismiss(it)}
            >
              {t("guard.dismiss")} {it === doubted ? <Kbd>Alt ⌫</Kbd> : null}
            </button>
          ) : null}
        </div>
      ))}
      {passable && author ? (
        <form
          className={style.pass}
          onSubmit={(event) => {
            event.preventDefault();
            if (author.reason.trim()) author.onPass();
          }}
        >
          <Field
            label={t("guard.reason")}
            value={author.reason}
            onChange={(event) => author.onReason(event.target.value)}
            hint={t("guard.reason_hint")}
          />
          {author.onReading ? <Button onClick={author.onReading}>{t("reading.ask")}</Button> : null}
          <Button type="submit" kind="danger" busy={author.busy} disabled={!author.reason.trim()}>
            {t("guard.pass")}
          </Button>
        </form>
      ) : null}
    </section>
  );
}
