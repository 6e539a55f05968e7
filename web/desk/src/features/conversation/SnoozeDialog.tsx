import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/shared/api/problem";
import type { Conversation } from "@/shared/api/types";
import { dayAt, fromLocal, toLocal } from "@/shared/time/local";
import { speakDue } from "@/shared/time/speak";
import { useZone } from "@/shared/time/zone";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { Banner, ErrorLine } from "@/shared/ui/States";
import type { AskProps } from "./dialog";
import style from "./SnoozeDialog.module.css";

/** Snoozing never moves a due time: past it a holding answer is needed, and said so. */
export function SnoozeDialog({
  conversation,
  act,
  onDo,
  onClose,
}: AskProps & { conversation: Conversation }) {
  const { t, i18n } = useTranslation();
  const zone = useZone();
  const [now] = useState(() => new Date());
  const [other, setOther] = useState(toLocal(dayAt(now, 1, "09:00", zone), zone));
  const speech = { now, zone, language: i18n.language };
  const due = conversation.promises.find(
    ({ state, kind }) => state === "open" && kind !== "wait" && kind !== "ask",
  )?.due_at;
  const choices = [
    new Date(now.getTime() + 2 * 3_600_000),
    dayAt(now, 1, "09:00", zone),
    dayAt(now, 2, "09:00", zone),
    dayAt(now, 7, "09:00", zone),
  ];
  const chosen = fromLocal(other, zone);
  const pastDue = act.error instanceof Problem && act.error.code === "past_due";
  const until = (at: Date) => onDo({ verb: "snooze", body: { until: at.toISOString() } });
  return (
    <Dialog open onClose={onClose} title={t("conversation.snooze")} intro={t("conversation.snooze_intro")}>
      <ul className={style.choices}>
        {choices.map((at, n) => (
          <li key={at.toISOString()}>
            <Button busy={act.isPending} onClick={() => until(at)}>
              {n === 0 ? t("conversation.in_two_hours") : speakDue(at, speech)}
            </Button>
          </li>
        ))}
        <li>
          <Button busy={act.isPending} onClick={() => onDo({ verb: "snooze-until-answer", body: {} })}>
            {t("conversation.until_answer")}
          </Button>
        </li>
      </ul>
      <form
        className={style.other}
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen) until(chosen);
        }}
      >
        <Field
          type="datetime-local"
          label={t("conversation.another_time")}
          value={other}
          onChange={(event) => setOther(event.target.value)}
          required
        />
        <Button kind="primary" type="submit" busy={act.isPending}>
          {t("conversation.snooze")}
        </Button>
      </form>
      {due && chosen && chosen > new Date(due) ? <Banner>{t("conversation.snooze_past_due")}</Banner> : null}
      {pastDue ? (
        <Banner tone="broken">{t("conversation.snooze_holding")}</Banner>
      ) : (
        <ErrorLine error={act.error} />
      )}
    </Dialog>
  );
}
