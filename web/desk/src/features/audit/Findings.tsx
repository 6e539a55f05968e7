import { useTranslation } from "react-i18next";
import type { MailboxAudit } from "@/shared/api/types";
import { speakDate } from "@/shared/time/speak";
import { useZone } from "@/shared/time/zone";
import style from "./Audit.module.css";

type Found = NonNullable<MailboxAudit["findings"]>;

/** The one sentence first, then what it was counted from. */
export function Findings({ audit, findings: it }: { audit: MailboxAudit; findings: Found }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const zone = useZone();
  const n = (value: number) => value.toLocaleString(language);
  const hours = (seconds: number | null) =>
    seconds === null
      ? "–"
      : t(seconds < 3600 ? "audit.minutes" : "audit.hours", {
          n: n(Math.round(seconds / (seconds < 3600 ? 60 : 3600))),
        });
  const share =
    it.within_24 === null
      ? "–"
      : `${Math.floor(it.within_24 * 100)}${language.startsWith("fr") ? "\u202f" : ""}%`;
  if (it.customers === 0) return <p className={style.lead}>{t("audit.nothing", { days: it.days })}</p>;
  return (
    <>
      <p className={style.lead}>
        {t("audit.lead", { days: it.days })} {t("audit.never", { count: it.never, shown: n(it.never) })}
        {it.median === null ? "." : t("audit.median", { median: hours(it.median) })}
      </p>
      <dl className={style.figures}>
        <Figure
          name={t("audit.customers")}
          value={n(it.customers)}
          note={t("audit.left_out", { count: it.left_out, shown: n(it.left_out) })}
        />
        <Figure
          name={t("audit.answered")}
          value={n(it.answered)}
          note={it.recent ? t("audit.recent", { count: it.recent }) : undefined}
        />
        <Figure name={t("audit.p90")} value={hours(it.p90)} note={t("audit.p90_words")} />
        <Figure name={t("audit.within")} value={share} />
        {it.slowest ? (
          <Figure
            name={t("audit.slowest")}
            value={t("audit.slot", { day: weekday(it.slowest.weekday, language), hour: it.slowest.hour })}
            note={t("audit.slowest_words", { median: hours(it.slowest.median), count: it.slowest.sample })}
          />
        ) : null}
      </dl>
      {it.never_replies ? <p>{t("audit.replies", { count: it.never_replies })}</p> : null}
      {it.capped ? <p>{t("audit.capped", { read: n(it.headers) })}</p> : null}
      {audit.oldest.length > 0 ? (
        <section className={style.oldest} aria-labelledby="audit-oldest">
          <h2 id="audit-oldest">{t("audit.oldest", { count: audit.oldest.length })}</h2>
          <ul>
            {audit.oldest.map((letter) => (
              <li key={`${letter.at} ${letter.subject}`}>
                <time dateTime={letter.at}>{speakDate(new Date(letter.at), { zone, language })}</time>
                <span>{letter.subject || t("audit.no_subject")}</span>
              </li>
            ))}
          </ul>
          <p className={style.small}>{t("audit.forgotten")}</p>
        </section>
      ) : null}
    </>
  );
}

function Figure({ name, value, note }: { name: string; value: string; note?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">
        <b>{value}</b>
        {note ? <span className={style.small}>{note}</span> : null}
      </dd>
    </div>
  );
}

/** 0 is Sunday; the first of February 2026 was one. */
function weekday(day: number, language: string): string {
  return new Intl.DateTimeFormat(language.startsWith("fr") ? "fr-FR" : "en-GB", {
    weekday: "long",
    timeZone: "UTC",
  }).format(new Date(Date.UTC(2026, 1, 1 + day, 12)));
}
