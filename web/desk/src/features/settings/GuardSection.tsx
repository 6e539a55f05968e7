import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { GuardAlarms } from "@/shared/api/types";
import { useCommands } from "@/shared/commands/commands";
import { useKeys } from "@/shared/keys/useKeys";
import { useSignedIn } from "@/shared/session/useMe";
import { Button } from "@/shared/ui/Button";
import { Ago } from "@/shared/ui/Clock";
import { cx } from "@/shared/ui/cx";
import { Part } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine, ErrorState } from "@/shared/ui/States";
import { useAlarms, useGuardAct } from "./api/guard";
import { PassedPart } from "./PassedPart";
import style from "./Settings.module.css";

type Rule = GuardAlarms["rules"][number];

/** What authors called a false alarm, who was right, and what follows for the rule. */
export function GuardSection() {
  const { t } = useTranslation();
  const read = useAlarms();
  const act = useGuardAct();
  const alarms = read.data?.alarms ?? [];
  const next = alarms.find(({ verdict }) => !verdict);
  const judge = (alarm: number | undefined, verdict: string) => {
    if (alarm && !act.isPending) act.mutate({ alarm, verdict });
  };
  useKeys({ f: () => judge(next?.id, "wrong"), r: () => judge(next?.id, "right") }, Boolean(next));
  useCommands(
    next
      ? [
          {
            key: "guard-wrong",
            group: "act",
            label: t("settings.guard.wrong"),
            hint: "F",
            run: () => judge(next.id, "wrong"),
          },
          {
            key: "guard-right",
            group: "act",
            label: t("settings.guard.right"),
            hint: "R",
            run: () => judge(next.id, "right"),
          },
        ]
      : [],
  );
  if (!read.data) {
    return read.isError ? (
      <ErrorState error={read.error} onRetry={() => void read.refetch()} />
    ) : (
      <Skeleton lines={6} />
    );
  }
  return (
    <div className={style.form}>
      <Part title={t("settings.guard.alarms")} intro={t("settings.guard.alarms_intro")}>
        {alarms.length ? null : <p className={style.meta}>{t("settings.guard.none")}</p>}
        <ul>
          {alarms.map((it) => (
            <li key={it.id} className={style.row}>
              <span>
                <span className={style.name}>{t(`settings.guard.rules.${it.rule}`)}</span>
                {it.words ? ` ${t("guard.quote", { words: it.words })}` : null}
                <span className={style.meta}>
                  {" "}
                  {it.person} · <Ago at={it.at} /> ·{" "}
                  <Link
                    to="/$view/$conversation"
                    params={{ view: "owed", conversation: String(it.conversation) }}
                  >
                    {it.subject || t("owed.no_subject")}
                  </Link>
                </span>
              </span>
              <span className={style.acts}>
                {(["wrong", "right"] as const).map((verdict) => (
                  <Button
                    key={verdict}
                    kind="ghost"
                    hint={it !== next ? undefined : verdict === "wrong" ? "F" : "R"}
                    aria-pressed={it.verdict === verdict}
                    onClick={() => judge(it.id, it.verdict === verdict ? "" : verdict)}
                  >
                    {it.verdict === verdict ? "✓ " : null}
                    {t(`settings.guard.${verdict}`)}
                  </Button>
                ))}
              </span>
            </li>
          ))}
        </ul>
      </Part>
      <PassedPart />
      <Part title={t("settings.guard.title")} intro={t("settings.guard.intro")}>
        <ul>
          {read.data.rules.map((rule) => (
            <RuleRow
              key={rule.rule}
              rule={rule}
              busy={act.isPending}
              onRestore={() => act.mutate({ rule: rule.rule })}
            />
          ))}
        </ul>
      </Part>
      <ErrorLine error={act.error} />
    </div>
  );
}

function RuleRow({ rule, busy, onRestore }: { rule: Rule; busy: boolean; onRestore: () => void }) {
  const { t, i18n } = useTranslation();
  const me = useSignedIn();
  const name = t(`settings.guard.rules.${rule.rule}`);
  const share = new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 1 }).format(
    rule.firings ? rule.wrong / rule.firings : 0,
  );
  const then = { name, wrong: rule.then_wrong, firings: rule.then_firings };
  return (
    <li className={cx(style.row, style.short)}>
      <span>
        <span className={style.name}>{name}</span>
        <br />
        <span className={cx(style.meta, "num")}>
          {rule.firings + rule.alarms
            ? t("settings.guard.figures", {
                firings: rule.firings,
                alarms: rule.alarms,
                wrong: rule.wrong,
                share,
              })
            : t("settings.guard.no_figures")}
          {rule.steps ? null : ` · ${t("settings.guard.never")}`}
        </span>
        {rule.step ? (
          <p role="status">
            {t(rule.step < rule.steps ? "settings.guard.warns" : "settings.guard.silent", then)}
          </p>
        ) : null}
        {!rule.step && rule.then_wrong ? <p role="status">{t("settings.guard.doubted", then)}</p> : null}
      </span>
      {rule.step && me.person.role === "owner" ? (
        <Button busy={busy} onClick={onRestore}>
          {t("settings.guard.restore")}
          <span className="visually-hidden"> {name}</span>
        </Button>
      ) : null}
    </li>
  );
}
