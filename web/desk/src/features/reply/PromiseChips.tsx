import { X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PromiseInText } from "@/shared/api/types";
import { fromLocal, toLocal } from "@/shared/time/local";
import { speakAt } from "@/shared/time/speak";
import { useZone } from "@/shared/time/zone";
import style from "./Beside.module.css";

interface PromiseChipsProps {
  promises: PromiseInText[];
  onDate: (promise: PromiseInText, due: string) => void;
  onRemove: (promise: PromiseInText) => void;
}

/** What the text promises: written down when the answer arrives, unless it is taken out here. */
export function PromiseChips({ promises, onDate, onRemove }: PromiseChipsProps) {
  const { t, i18n } = useTranslation();
  const zone = useZone();
  const [mending, setMending] = useState("");
  if (promises.length === 0) return null;
  const speech = { now: new Date(), zone, language: i18n.language };
  return (
    <section
      className={style.box}
      aria-label={t("reply.promises", { count: promises.length })}
      data-part="promises"
    >
      <p className={style.summary}>{t("reply.promises", { count: promises.length })}</p>
      <ul className={style.chips}>
        {promises.map((it) => (
          <li key={it.title} className={style.chip} title={it.title}>
            <b>{t(`promise.kind.${it.kind}`)}</b>
            {mending === it.title ? (
              <input
                type="datetime-local"
                className={style.date}
                aria-label={t("reply.promise_date")}
                // biome-ignore lint/a11y/noAutofocus: it opens in answer to the person's own press
                autoFocus
                value={toLocal(new Date(it.due_at), zone)}
                onChange={(event) => {
                  const due = fromLocal(event.target.value, zone);
                  if (due) onDate(it, due.toISOString());
                }}
                onBlur={() => setMending("")}
                onKeyDown={(event) => (event.key === "Enter" ? setMending("") : undefined)}
              />
            ) : (
              <button
                type="button"
                className={style.when}
                title={t("reply.promise_date")}
                onClick={() => setMending(it.title)}
              >
                {it.exact ? speakAt(new Date(it.due_at), speech) : dayOf(it.due_at, zone, i18n.language)}
              </button>
            )}
            <button
              type="button"
              className={style.remove}
              aria-label={t("reply.promise_remove", { title: it.title })}
              onClick={() => onRemove(it)}
            >
              <X size={13} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function dayOf(at: string, zone: string, language: string): string {
  return new Intl.DateTimeFormat(language.startsWith("fr") ? "fr-FR" : "en-GB", {
    timeZone: zone,
    weekday: "short",
    day: "2-digit",
    month: "2-digit",
  }).format(new Date(at));
}
