import { Dialog } from "@base-ui/react/dialog";
import { CornerDownLeft, Hash, History, Search, Tag, User, Zap } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Command, matching, useOffered } from "@/shared/commands/commands";
import { cx } from "@/shared/ui/cx";
import { Kbd } from "@/shared/ui/Kbd";
import { useSuggestions } from "./api/search";
import style from "./Palette.module.css";
import { lettersOf } from "./People";
import { recent } from "./recent";

interface PaletteProps {
  onClose: () => void;
  onSearch: (q: string) => void;
  onConversation: (id: number) => void;
}

interface Option {
  key: string;
  icon: ReactNode;
  label: string;
  detail?: string;
  hint?: string;
  /** Writes on instead of leaving. */
  stays?: boolean;
  run: () => void;
}

/** A moment of stillness before the server is asked. */
const PAUSE = 60;

/** One field from which everything is found and done: searches, people, numbers, commands. */
export function Palette({ onClose, onSearch, onConversation }: PaletteProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const options = useOptions(typed, { onClose, onSearch, onConversation }, (words) => {
    setTyped(words);
    field.current?.focus();
  });
  const chosen = Math.min(at, options.length - 1);
  const take = (option?: Option) => {
    if (!option) return;
    if (!option.stays) onClose();
    option.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") take(options[chosen]);
    else if (event.key === "ArrowDown") setAt((chosen + 1) % options.length);
    else if (event.key === "ArrowUp") setAt((chosen + options.length - 1) % options.length);
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
          <Dialog.Title className="visually-hidden">{t("search.palette")}</Dialog.Title>
          <div className={style.top}>
            <Search size={16} aria-hidden="true" />
            <input
              ref={field}
              className={style.input}
              role="combobox"
              aria-expanded="true"
              aria-controls={list}
              aria-activedescendant={options.length > 0 ? `${list}-${chosen}` : undefined}
              aria-label={t("search.palette")}
              placeholder={t("search.palette_hint")}
              value={typed}
              maxLength={400}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => {
                setTyped(event.target.value);
                setAt(0);
              }}
              onKeyDown={onKeyDown}
            />
            <Dialog.Close className={style.close}>
              <Kbd>Esc</Kbd>
              <span className="visually-hidden">{t("ui.close")}</span>
            </Dialog.Close>
          </div>
          <div id={list} role="listbox" aria-label={t("search.offered")} className={style.list}>
            {options.map((option, i) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keyboard, and takes Enter for the active one
              <div
                key={option.key}
                id={`${list}-${i}`}
                role="option"
                tabIndex={-1}
                aria-selected={i === chosen}
                className={cx(style.option, i === chosen && style.chosen)}
                onMouseMove={() => setAt(i)}
                onClick={() => take(option)}
              >
                {option.icon}
                <span className={style.label}>{option.label}</span>
                {option.detail ? <span className={style.detail}>{option.detail}</span> : null}
                {option.hint ? <Kbd>{option.hint}</Kbd> : null}
                {i === chosen ? <CornerDownLeft size={13} aria-hidden="true" /> : null}
              </div>
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const icon = { size: 15, "aria-hidden": true } as const;
const ORDER: readonly Command["group"][] = ["conversation", "writing", "list", "act", "go"];

function useOptions(
  typed: string,
  { onSearch, onConversation }: PaletteProps,
  onWrite: (words: string) => void,
): Option[] {
  const { t } = useTranslation();
  const offered = useOffered();
  const { data: found } = useSuggestions(useStill(typed));
  const q = typed.trim();
  const search = (words: string, key: string, shown: ReactNode, detail?: string): Option => ({
    key,
    icon: shown,
    label: words,
    detail,
    run: () => onSearch(words),
  });
  const commands = useMemo(
    () =>
      ORDER.flatMap((group) =>
        matching(
          offered.filter((it) => it.group === group),
          q,
        ),
      ),
    [offered, q],
  );
  const acts: Option[] = commands.slice(0, q ? 8 : 40).map((it) => ({
    key: `command-${it.key}`,
    icon: <Zap {...icon} />,
    label: it.label,
    hint: it.hint,
    run: it.run,
  }));
  if (!q) return [...recent().map((it) => search(it, `recent-${it}`, <History {...icon} />)), ...acts];

  const start = typed.slice(0, typed.search(/\S*$/));
  const write = (words: string, key: string, shown: ReactNode): Option => ({
    key,
    icon: shown,
    label: start + words,
    stays: true,
    run: () => onWrite(`${start}${words}${words.endsWith(":") ? "" : " "}`),
  });
  const one = found?.conversation;
  return [
    ...(one
      ? [
          {
            key: "number",
            icon: <Hash {...icon} />,
            label: t("search.number", { number: one.number }),
            detail: [one.customer.name || one.customer.address, one.subject].filter(Boolean).join(" · "),
            run: () => onConversation(one.id),
          },
        ]
      : []),
    { ...search(q, "search", <Search {...icon} />), label: t("search.for", { q }) },
    ...(found?.people ?? []).map((person) => ({
      ...search(
        lettersOf(person),
        `person-${person.id}`,
        <User {...icon} />,
        person.addresses[0] ?? person.phones[0],
      ),
      label: person.name || person.addresses[0] || person.phones[0] || "",
    })),
    ...acts,
    ...(found?.tags ?? []).map((tag) =>
      write(`tag:${/\s/.test(tag) ? `"${tag}"` : tag}`, `tag-${tag}`, <Tag {...icon} />),
    ),
    ...(found?.operators ?? []).map((it) => write(it, `operator-${it}`, <Search {...icon} />)),
  ];
}

/** What is typed, once the fingers rest. */
function useStill(typed: string): string {
  const [still, setStill] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setStill(typed), PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  return still;
}
