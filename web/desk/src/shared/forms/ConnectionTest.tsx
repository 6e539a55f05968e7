import { useMutation } from "@tanstack/react-query";
import { Check as Tick, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { post } from "@/shared/api/call";
import type { CheckStep, MailboxConfig } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { ErrorLine } from "@/shared/ui/States";
import style from "./Pair.module.css";

interface ConnectionTestProps {
  mailbox: MailboxConfig;
  /** Where the test is asked for: a mailbox that exists is tested with the password it has. */
  path: string;
}

/** Tries the mailbox step by step and says in plain words where it stops. */
export function ConnectionTest({ mailbox, path }: ConnectionTestProps) {
  const { t, i18n } = useTranslation();
  const test = useMutation({ mutationFn: () => post<{ checks: CheckStep[] }>(path, mailbox) });
  const checks = test.data?.checks ?? [];
  return (
    <div className={style.stack}>
      <div className={style.row}>
        <Button busy={test.isPending} disabled={!mailbox.address} onClick={() => test.mutate()}>
          {t(test.isPending ? "mailbox.testing" : "mailbox.test")}
        </Button>
      </div>
      <ul className={style.checks} aria-live="polite">
        {checks.map((check) => (
          <li key={check.step}>
            <span className={check.ok ? style.ok : style.bad}>
              {check.ok ? <Tick size={14} aria-hidden="true" /> : <X size={14} aria-hidden="true" />}
              <span className="visually-hidden">
                {t(check.ok ? "mailbox.check_ok" : "mailbox.check_bad")}
              </span>
            </span>
            <span>{i18n.language.startsWith("fr") ? check.fr : check.en}</span>
          </li>
        ))}
      </ul>
      <ErrorLine error={test.error} />
    </div>
  );
}
