import type { Editor as Tiptap } from "@tiptap/core";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { IncidentRound } from "@/shared/api/types";
import { TextHead, type TextLanguage } from "@/shared/editor/TextHead";
import { later } from "@/shared/later";
import { dayAt, fromLocal, toLocal } from "@/shared/time/local";
import { useZone } from "@/shared/time/zone";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Check, Field } from "@/shared/ui/Field";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine } from "@/shared/ui/States";
import { useWrite } from "./api/incidents";
import style from "./Incidents.module.css";

const Editor = later(() => import("@/shared/editor/Editor"), "default");

/** The one text, in each language, with what each customer's own facts stand for. */
export function RoundEditor({ incident, round }: { incident: number; round: IncidentRound }) {
  const { t } = useTranslation();
  const zone = useZone();
  const write = useWrite(incident);
  const [text, setText] = useState({ fr: round.text_fr, en: round.text_en });
  const [until, setUntil] = useState(round.holding_until);
  const [pace, setPace] = useState(round.per_minute);
  const [lang, setLang] = useState<TextLanguage>("fr");
  const [version, setVersion] = useState(0);
  const [editor, setEditor] = useState<Tiptap | null>(null);
  const sending = round.state === "sending";
  const changed =
    text.fr !== round.text_fr ||
    text.en !== round.text_en ||
    until !== round.holding_until ||
    pace !== round.per_minute;
  const save = () =>
    write.mutate({
      text_fr: text.fr,
      text_en: text.en,
      holding_until: until,
      per_minute: pace,
      revision: round.revision,
    });
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextHead
        language={lang}
        onLanguage={(it) => {
          setLang(it);
          setVersion((n) => n + 1);
        }}
        texts={text}
        editor={editor}
      />
      <div className={cx(style.body, style.template)}>
        <Suspense fallback={<Skeleton lines={4} />}>
          <Editor
            html={text[lang]}
            version={version}
            language={lang}
            placeholder={t("incident.text")}
            focus={0}
            onChange={(html) => setText((before) => ({ ...before, [lang]: html }))}
            onEditor={setEditor}
          />
        </Suspense>
      </div>
      <div className={style.choices}>
        <Check
          label={t("incident.holding")}
          hint={t("incident.holding_hint")}
          checked={until !== null}
          onChange={(event) =>
            setUntil(event.target.checked ? dayAt(new Date(), 2, "12:00", zone).toISOString() : null)
          }
        />
        {until ? (
          <Field
            type="datetime-local"
            label={t("reply.holding_until")}
            defaultValue={toLocal(new Date(until), zone)}
            onChange={(event) => {
              const at = fromLocal(event.target.value, zone);
              if (at) setUntil(at.toISOString());
            }}
          />
        ) : null}
        <Field
          type="number"
          min={1}
          max={60}
          label={t("incident.per_minute")}
          value={pace}
          onChange={(event) => setPace(Math.min(60, Math.max(1, Number(event.target.value) || 1)))}
        />
      </div>
      <ErrorLine error={write.error} />
      <div className={style.acts}>
        <Button
          type="submit"
          kind={changed ? "primary" : "plain"}
          busy={write.isPending}
          disabled={sending || !changed}
        >
          {t("incident.save_text")}
        </Button>
      </div>
    </form>
  );
}
