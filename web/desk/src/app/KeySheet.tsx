import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Command, folded, useOffered } from "@/shared/commands/commands";
import { shownKey } from "@/shared/keys/shortcut";
import { useSignedIn } from "@/shared/session/useMe";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { Kbd } from "@/shared/ui/Kbd";
import style from "./KeySheet.module.css";
import { KEYS } from "./keys";
import { type DeskActs, useDeskCommands } from "./useDeskCommands";

interface Line {
  id: string;
  key?: string;
  words: string;
  /** Offered here and now: the line does it. */
  run?: () => void;
}

const GROUPS = ["list", "conversation", "writing", "act", "go"] as const;

/** Every command with its key: those of all screens, and what can be done from here. */
export function KeySheet({ onClose, ...acts }: DeskActs & { onClose: () => void }) {
  const { t } = useTranslation();
  useDeskCommands(acts);
  const offered = useOffered();
  const me = useSignedIn();
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const wanted = folded(typed).split(/\s+/).filter(Boolean);
  const fits = ({ key = "", words }: Line) =>
    wanted.every(
      (it) => folded(words).includes(it) || [key, shownKey(key)].some((name) => name.toLowerCase() === it),
    );
  const lines = (group: (typeof GROUPS)[number]): Line[] => {
    const named = KEYS.filter((it) => it.group === group).map(({ key, words }) => ({
      id: `${key} ${words}`,
      key,
      words: t(words),
      run: offered.find(({ hint, group: of }) => hint === key && of === group)?.run,
    }));
    const rest = offered.filter(
      (it: Command) =>
        it.group === group && !(it.hint && KEYS.some((one) => one.group === group && one.key === it.hint)),
    );
    return [
      ...named,
      ...rest.map(({ key, hint, label, run }) => ({ id: key, key: hint, words: label, run })),
    ];
  };
  const shown = GROUPS.map((group) => ({ group, lines: lines(group).filter(fits) })).filter(
    ({ lines: some }) => some.length > 0,
  );
  const doIt = (run: () => void) => {
    onClose();
    run();
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t("keys.title")}
      intro={t("keys.intro")}
      initialFocus={field}
      actions={me.shop.demo ? <Button onClick={() => doIt(acts.onTour)}>{t("tour.again")}</Button> : null}
    >
      <Field
        ref={field}
        type="search"
        quiet
        label={t("keys.search")}
        placeholder={t("keys.search")}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <p className="visually-hidden" role="status">
        {typed ? t("keys.found", { count: shown.reduce((sum, it) => sum + it.lines.length, 0) }) : ""}
      </p>
      {shown.length ? null : <p>{t("keys.nothing", { words: typed })}</p>}
      {shown.map(({ group, lines: some }) => (
        <section key={group} className={style.group} aria-label={t(`keys.group.${group}`)}>
          <h3 className={style.name}>{t(`keys.group.${group}`)}</h3>
          <ul className={style.sheet}>
            {some.map(({ id, key, words, run }) => (
              <li key={id} className={style.line}>
                <span className={style.key}>{key ? <Kbd>{key}</Kbd> : null}</span>
                {run ? (
                  <button type="button" className={style.act} onClick={() => doIt(run)}>
                    {words}
                  </button>
                ) : (
                  <span>{words}</span>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Dialog>
  );
}
