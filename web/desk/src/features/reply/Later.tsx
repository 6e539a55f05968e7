import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dayAt, fromLocal, toLocal } from "@/shared/time/local";
import { speakAt } from "@/shared/time/speak";
import { useZone } from "@/shared/time/zone";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { useSendTimes } from "./api/send-times";
import style from "./Beside.module.css";
import popover from "./Popover.module.css";

/** When an answer leaves that shouldn't leave now, in the shop's zone. */
export function LaterDialog({ onChoose, onClose }: { onChoose: (at: string) => void; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const zone = useZone();
  const [now] = useState(() => new Date());
  const [text, setText] = useState(() => toLocal(dayAt(now, 1, "09:00", zone), zone));
  const times = useSendTimes();
  const chosen = fromLocal(text, zone);
  const late = chosen !== null && chosen.getTime() > Date.now();
  const speech = { now, zone, language: i18n.language };
  return (
    <Dialog open onClose={onClose} title={t("reply.later")} intro={t("reply.later_intro")}>
      <div className={popover.acts}>
        {(times.data ?? []).map(({ name, at }) => (
          <Button key={name} onClick={() => onChoose(at)}>
            {name === "opening"
              ? t("reply.later_opening", { when: speakAt(new Date(at), speech) })
              : speakAt(new Date(at), speech)}
          </Button>
        ))}
      </div>
      <form
        className={style.other}
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen && late) onChoose(chosen.toISOString());
        }}
      >
        <Field
          type="datetime-local"
          label={t("reply.later_time", { zone })}
          value={text}
          error={chosen && !late ? t("reply.later_past") : undefined}
          onChange={(event) => setText(event.target.value)}
          required
        />
        <Button type="submit" kind="primary" disabled={!late}>
          {t("reply.later_choose")}
        </Button>
      </form>
    </Dialog>
  );
}

/** Says when it will leave, with the way back to "now". */
export function LeavesLine({ at, onChange, onNow }: { at: string; onChange: () => void; onNow: () => void }) {
  const { t, i18n } = useTranslation();
  const zone = useZone();
  return (
    <div className={style.line} data-part="later">
      <span>
        {t("reply.leaves", {
          when: speakAt(new Date(at), { now: new Date(), zone, language: i18n.language }),
        })}
      </span>
      <Button kind="ghost" onClick={onChange}>
        {t("reply.later_change")}
      </Button>
      <Button kind="ghost" onClick={onNow}>
        {t("reply.later_now")}
      </Button>
    </div>
  );
}
