import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { IncidentAnswer } from "@/shared/api/types";
import { useDone } from "@/shared/api/useUndo";
import { useCommands } from "@/shared/commands/commands";
import { useKeys } from "@/shared/keys/useKeys";
import { Button } from "@/shared/ui/Button";
import { Part } from "@/shared/ui/Sheet";
import { Banner, EmptyState, ErrorLine } from "@/shared/ui/States";
import { AnswerDialog } from "./AnswerDialog";
import { AnswerRow } from "./AnswerRow";
import { type Answers, type Started, useAct, useEdit } from "./api/incidents";
import style from "./Incidents.module.css";
import { counts, fraction } from "./states";

interface AnswersPartProps extends Answers {
  incident: number;
  onAdd: () => void;
}

/** What each one will be sent, why one will not, and the sending itself. */
export function AnswersPart({ incident, round, answers, onAdd }: AnswersPartProps) {
  const { t } = useTranslation();
  const done = useDone();
  const act = useAct<unknown>(incident);
  const edit = useEdit(incident);
  const [open, setOpen] = useState<number | null>(null);
  const ready = answers.filter(({ state }) => state === "ready");
  const running = round.state !== "open";
  const { sent, all } = fraction(answers);
  const send = () => {
    if (running || ready.length === 0) return;
    const body = {
      revision: round.revision,
      answers: ready.map(({ conversation, seen_through }) => ({ conversation, seen_through })),
    };
    act.mutate(
      { act: "send", body },
      {
        onSuccess: (started) => {
          const { waiting, undo } = started as Started;
          done(t("incident.started", { count: waiting }), undo);
        },
      },
    );
  };
  const control = (name: "pause" | "resume" | "cancel") => act.mutate({ act: name });
  const toggle = () => control(round.state === "paused" ? "resume" : "pause");
  const exclude = (it: IncidentAnswer) =>
    edit.mutate({
      conversation: it.conversation,
      excluded: it.state === "ready" || it.state === "stopped",
      included: it.state === "answered",
      html: it.own ? it.html : "",
      pass_reason: it.pass_reason,
    });
  const step = (by: number) => {
    const rows = [...document.querySelectorAll<HTMLButtonElement>("[data-answer]")];
    const at = rows.indexOf(document.activeElement as HTMLButtonElement);
    rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
  };
  const focused = () => {
    const id = Number((document.activeElement as HTMLElement | null)?.dataset?.answer);
    return answers.find(({ conversation }) => conversation === id);
  };
  useKeys({
    "mod+enter": send,
    j: () => step(1),
    k: () => step(-1),
    x: () => {
      const it = focused();
      if (it && !["waiting", "sent"].includes(it.state)) exclude(it);
    },
    ...(running ? { p: toggle } : {}),
  });
  useCommands([
    ...(running
      ? [
          {
            key: "incident-pause",
            group: "act" as const,
            label: t(`incident.${round.state === "paused" ? "resume" : "pause"}`),
            hint: "P",
            run: toggle,
          },
          {
            key: "incident-cancel",
            group: "act" as const,
            label: t("incident.cancel"),
            run: () => control("cancel"),
          },
        ]
      : [
          {
            key: "incident-send",
            group: "act" as const,
            label: t("incident.send", { count: ready.length }),
            hint: "⌘ ↵",
            run: send,
          },
        ]),
  ]);
  const shown = answers.find(({ conversation }) => conversation === open);
  return (
    <Part title={t("incident.each")} intro={t("incident.each_intro")}>
      {running ? (
        <Banner tone="waiting">
          <div className={style.progress}>
            <span role="status">
              {t(round.state === "paused" ? "incident.paused" : "incident.sending", { sent, count: all })}
            </span>
            <progress max={all} value={sent} aria-label={t("incident.progress")} />
            <Button hint="P" busy={act.isPending} onClick={toggle}>
              {t(`incident.${round.state === "paused" ? "resume" : "pause"}`)}
            </Button>
            <Button kind="danger" busy={act.isPending} onClick={() => control("cancel")}>
              {t("incident.cancel")}
            </Button>
          </div>
        </Banner>
      ) : null}
      {answers.length === 0 ? (
        <EmptyState
          title={t("incident.empty")}
          action={
            <Button hint="A" onClick={onAdd}>
              {t("incident.add")}
            </Button>
          }
        >
          {t("incident.empty_words")}
        </EmptyState>
      ) : (
        <>
          <p className={style.meta}>
            {counts(answers)
              .map(({ state, count }) => t(`incident.count.${state}`, { count }))
              .join(" · ")}
          </p>
          <div className={style.acts}>
            {running ? null : (
              <Button
                kind="primary"
                hint="⌘ ↵"
                busy={act.isPending}
                disabled={ready.length === 0}
                onClick={send}
              >
                {t("incident.send", { count: ready.length })}
              </Button>
            )}
            {!running && sent > 0 ? (
              <Button busy={act.isPending} onClick={() => act.mutate({ act: "rounds" })}>
                {t("incident.again")}
              </Button>
            ) : null}
          </div>
          <ErrorLine error={act.error ?? edit.error} />
          <table className={style.table}>
            <thead className="visually-hidden">
              <tr>
                <th>{t("incident.customer")}</th>
                <th>{t("incident.state_head")}</th>
                <th>{t("incident.acts")}</th>
              </tr>
            </thead>
            <tbody>
              {answers.map((it) => (
                <AnswerRow
                  key={it.conversation}
                  answer={it}
                  busy={edit.isPending}
                  onOpen={() => setOpen(it.conversation)}
                  onToggle={() => exclude(it)}
                />
              ))}
            </tbody>
          </table>
        </>
      )}
      {shown ? (
        <AnswerDialog
          answer={shown}
          busy={edit.isPending}
          error={edit.error}
          onClose={() => setOpen(null)}
          onKeep={(part) =>
            edit.mutate({ conversation: shown.conversation, ...part }, { onSuccess: () => setOpen(null) })
          }
        />
      ) : null}
    </Part>
  );
}
