import { Dialog } from "@base-ui/react/dialog";
import { Check } from "lucide-react";
import { type CSSProperties, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { matching } from "@/shared/commands/commands";
import { cx } from "./cx";
import { Kbd } from "./Kbd";
import style from "./Picker.module.css";

export interface Choice {
  key: string;
  label: string;
  /** Beside the name, quieter. */
  detail?: string;
  /** Further words by which it is found. */
  words?: string;
  /** It is so already. */
  on?: boolean;
  look?: CSSProperties;
  run: () => void;
}

interface PickerProps {
  title: string;
  choices: readonly Choice[];
  /** What a word that is no choice makes; left out where none can be made. */
  make?: (typed: string) => Choice;
  /** Several may be taken, one after the other. */
  several?: boolean;
  onClose: () => void;
}

/** One of many, by typing a part of its name: arrows choose, Enter takes, Escape leaves. */
export function Picker({ title, choices, make, several, onClose }: PickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const found = matching(
    choices.map((it) => ({ ...it, group: "act" as const })),
    typed,
  );
  const word = typed.trim();
  const known = choices.some(({ label }) => label.toLowerCase() === word.toLowerCase());
  const shown: Choice[] = make && word && !known ? [...found, make(word)] : found;
  const chosen = Math.min(at, shown.length - 1);
  const take = (choice?: Choice) => {
    if (!choice) return;
    if (several) {
      setTyped("");
      field.current?.focus();
    } else {
      onClose();
    }
    choice.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") take(shown[chosen]);
    else if (shown.length === 0) return;
    else if (event.key === "ArrowDown") setAt((chosen + 1) % shown.length);
    else if (event.key === "ArrowUp") setAt((chosen + shown.length - 1) % shown.length);
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    document.getElementById(`${list}-${chosen}`)?.scrollIntoView?.({ block: "nearest" });
  }, [list, chosen]);

  return (
    <Dialog.Root open onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className={style.veil} />
        <Dialog.Popup className={style.popup} initialFocus={field}>
          <header className={style.top}>
            <Dialog.Title className={style.title}>{title}</Dialog.Title>
            <Dialog.Close className={style.close}>
              <Kbd>Esc</Kbd>
              <span className="visually-hidden">{t("ui.close")}</span>
            </Dialog.Close>
          </header>
          <input
            ref={field}
            className={style.input}
            role="combobox"
            aria-expanded="true"
            aria-controls={list}
            aria-activedescendant={shown.length > 0 ? `${list}-${chosen}` : undefined}
            aria-label={title}
            placeholder={t(make ? "ui.pick_or_make" : "ui.pick")}
            value={typed}
            maxLength={60}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setTyped(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
          <div
            id={list}
            role="listbox"
            aria-label={title}
            aria-multiselectable={several || undefined}
            className={style.list}
          >
            {shown.map((choice, i) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keyboard, and takes Enter for the active one
              <div
                key={choice.key}
                id={`${list}-${i}`}
                role="option"
                tabIndex={-1}
                aria-selected={choice.on ?? false}
                className={cx(style.option, i === chosen && style.chosen)}
                onMouseMove={() => setAt(i)}
                onClick={() => take(choice)}
              >
                <span className={style.label} style={choice.look}>
                  {choice.label}
                </span>
                {choice.detail ? <span className={style.detail}>{choice.detail}</span> : null}
                {choice.on ? <Check size={14} aria-hidden="true" className={style.on} /> : null}
              </div>
            ))}
          </div>
          {shown.length === 0 ? (
            <p className={style.none} role="status">
              {t("ui.pick_none")}
            </p>
          ) : null}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
