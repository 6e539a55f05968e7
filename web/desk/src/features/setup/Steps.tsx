import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/shared/api/problem";
import {
  ConnectionTest,
  DelayField,
  findFault,
  HoursEditor,
  MailboxFields,
  newMailbox,
  newShop,
  OwedSince,
  ShopFields,
  tidy,
  USUAL_DELAY,
  usualHours,
} from "@/shared/forms";
import { Button } from "@/shared/ui/Button";
import { Door } from "@/shared/ui/Door";
import { ErrorLine } from "@/shared/ui/States";
import { type NewDesk, useBegin } from "./api/setup";
import { PersonFields } from "./PersonFields";
import style from "./Setup.module.css";

const STEPS = ["shop", "person", "mailbox", "hours", "since"] as const;

/** One's own shop in five steps; nothing is written before the last. */
export function Steps({ onBack, onDone }: { onBack: () => void; onDone: (readable: boolean) => void }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language.startsWith("en") ? "en" : "fr";
  const [at, setAt] = useState(0);
  const [desk, setDesk] = useState<NewDesk>(() => ({
    shop: newShop(language),
    person: { name: "", email: "", password: "", language },
    mailbox: newMailbox(),
    hours: usualHours(),
    delay: USUAL_DELAY,
    owed_since: "now",
  }));
  const begin = useBegin();
  const step = STEPS[at] ?? "shop";
  const set = (part: Partial<NewDesk>) => setDesk((before) => ({ ...before, ...part }));
  const last = at === STEPS.length - 1;

  const finish = () => {
    const typed = desk.mailbox?.address ? desk.mailbox : null;
    begin.mutate(
      {
        ...desk,
        hours: tidy(desk.hours),
        mailbox: typed && { ...typed, name: typed.name || desk.shop.name, owed_since: desk.owed_since },
      },
      {
        // A mailbox that is read has a past to look at, before anything is owed.
        onSuccess: () => onDone(typed?.kind === "imap"),
        onError: (error) => {
          // Back to the step that the server found wrong.
          const where = error instanceof Problem ? error.body.errors?.[0]?.location : undefined;
          const found = STEPS.findIndex((it) => where?.includes(it));
          if (found >= 0) setAt(found);
        },
      },
    );
  };

  return (
    <Door title={t(`setup.step.${step}.title`)} wide>
      <ol className={style.steps} aria-label={t("setup.steps")}>
        {STEPS.map((it, n) => (
          <li
            key={it}
            aria-current={n === at ? "step" : undefined}
            className={n < at ? style.done : undefined}
          >
            {n + 1}. {t(`setup.step.${it}.short`)}
          </li>
        ))}
      </ol>
      <p className={style.lead}>{t(`setup.step.${step}.lead`)}</p>
      <form
        key={step}
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (step === "hours" && findFault(desk.hours)) return;
          if (last) finish();
          else setAt(at + 1);
        }}
      >
        {step === "shop" ? (
          <ShopFields first value={desk.shop} onChange={(part) => set({ shop: { ...desk.shop, ...part } })} />
        ) : null}
        {step === "person" ? (
          <PersonFields
            value={desk.person}
            error={begin.error}
            onChange={(part) => set({ person: { ...desk.person, ...part } })}
          />
        ) : null}
        {step === "mailbox" && desk.mailbox ? (
          <>
            <MailboxFields value={desk.mailbox} onChange={(mailbox) => set({ mailbox })} />
            <ConnectionTest mailbox={desk.mailbox} path="/setup/test-mailbox" />
          </>
        ) : null}
        {step === "hours" ? (
          <>
            <HoursEditor value={desk.hours} onChange={(hours) => set({ hours })} />
            <DelayField value={desk.delay} hours={desk.hours} onChange={(delay) => set({ delay })} />
          </>
        ) : null}
        {step === "since" ? (
          <>
            <OwedSince value={desk.owed_since} onChange={(owed_since) => set({ owed_since })} />
            <Summary desk={desk} />
          </>
        ) : null}
        <ErrorLine error={begin.error} />
        <div className={style.actions}>
          <Button kind="ghost" onClick={() => (at === 0 ? onBack() : setAt(at - 1))}>
            {t("setup.back")}
          </Button>
          <div className={style.right}>
            {step === "mailbox" ? (
              <Button
                onClick={() => {
                  set({ mailbox: newMailbox() });
                  setAt(at + 1);
                }}
              >
                {t("setup.later")}
              </Button>
            ) : null}
            <Button kind="primary" type="submit" busy={begin.isPending}>
              {t(last ? "setup.finish" : "setup.next")}
            </Button>
          </div>
        </div>
      </form>
    </Door>
  );
}

function Summary({ desk }: { desk: NewDesk }) {
  const { t } = useTranslation();
  return (
    <dl className={style.sum}>
      <dt>{t("setup.step.shop.short")}</dt>
      <dd>{desk.shop.name}</dd>
      <dt>{t("setup.step.person.short")}</dt>
      <dd>
        {desk.person.name}, {desk.person.email}
      </dd>
      <dt>{t("setup.step.mailbox.short")}</dt>
      <dd>{desk.mailbox?.address || t("setup.no_mailbox")}</dd>
      <dt>{t("setup.delay")}</dt>
      <dd>{t(`delay.counted.${desk.delay.kind}`, { count: desk.delay.n })}</dd>
    </dl>
  );
}
