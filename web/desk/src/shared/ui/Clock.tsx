import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import {
  type DueState,
  dueState,
  type Speech,
  speakAt,
  speakDue,
  speakExact,
  speakPast,
} from "@/shared/time/speak";
import { useNow } from "@/shared/time/useNow";
import { useZone } from "@/shared/time/zone";
import style from "./Clock.module.css";

interface ClockProps {
  due: string;
  /** What the server says of it; without it the hour alone decides. */
  state?: DueState;
}

/** A due time as one says it, exact on hover. Late and near are said in words too, never by colour alone. */
export function Clock({ due, state }: ClockProps) {
  const { i18n } = useTranslation();
  const now = useNow();
  const zone = useZone();
  const speech = { now, zone, language: i18n.language };
  const at = new Date(due);
  const exact = useExact(due);
  const shownState = state === "broken" || at <= now ? "broken" : (state ?? dueState(at, now));
  return (
    <time className={style.clock} data-state={shownState} dateTime={due} title={exact}>
      {speakDue(at, speech)}
    </time>
  );
}

/** An instant that has passed: "hier 17:42". */
export function Ago({ at }: { at: string }) {
  return <Instant at={at} speak={speakPast} />;
}

/** When something will happen by itself: "à 18 h 20". */
export function At({ at }: { at: string }) {
  return <Instant at={at} speak={speakAt} />;
}

function Instant({ at, speak }: { at: string; speak: (when: Date, speech: Speech) => string }) {
  const { i18n } = useTranslation();
  const now = useNow();
  const zone = useZone();
  const speech = { now, zone, language: i18n.language };
  const when = new Date(at);
  const exact = useExact(at);
  return (
    <time className="num" dateTime={at} title={exact}>
      {speak(when, speech)}
    </time>
  );
}

/** What a hover shows stays the same while the clocks of a long list tick on. */
function useExact(at: string): string {
  const { i18n } = useTranslation();
  const zone = useZone();
  const { language } = i18n;
  return useMemo(() => speakExact(new Date(at), { now: new Date(at), zone, language }), [at, zone, language]);
}
