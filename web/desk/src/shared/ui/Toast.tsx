import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "@/shared/commands/commands";
import { useKeys } from "@/shared/keys/useKeys";
import { Kbd } from "./Kbd";
import style from "./Toast.module.css";

export interface ToastInput {
  /** The sentence; with `seconds` it may be a function of what is left. */
  text: string | ((left: number) => string);
  /** undo: it takes back what was done, and the key for that presses it. */
  action?: { label: string; run: () => void; undo?: boolean };
  /** How long it stays; 6 by default, 0 until it is closed. */
  seconds?: number;
  tone?: "plain" | "broken";
  /** A toast with the same key takes the place of the one before. */
  key?: string;
}

interface Shown extends ToastInput {
  id: number;
  seconds: number;
}

interface Toasts {
  show: (toast: ToastInput) => () => void;
}

const Context = createContext<Toasts | null>(null);

/** Says what was done and offers to take it back. */
export function useToast(): Toasts {
  const toasts = useContext(Context);
  if (!toasts) throw new Error("useToast needs a ToastProvider above it");
  return toasts;
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown[]>([]);
  const next = useRef(1);
  const remove = useCallback((id: number) => setShown((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (input: ToastInput) => {
      const id = next.current++;
      setShown((all) => [
        ...all.filter((toast) => !input.key || toast.key !== input.key).slice(-2),
        { seconds: 6, ...input, id },
      ]);
      return () => remove(id);
    },
    [remove],
  );
  const [value] = useState<Toasts>(() => ({ show }));
  const { t } = useTranslation();
  const last = shown.findLast(({ action }) => action?.undo);
  const undo = () => {
    if (!last) return;
    last.action?.run();
    remove(last.id);
  };
  useKeys({ z: undo }, Boolean(last));
  useCommands(last ? [{ key: "undo", group: "act", label: t("keys.undo"), hint: "Z", run: undo }] : []);
  return (
    <Context value={value}>
      {children}
      <div className={style.stack} role="status" aria-live="polite">
        {shown.map((toast) => (
          <Toast key={toast.id} toast={toast} keyed={toast === last} onGone={() => remove(toast.id)} />
        ))}
      </div>
    </Context>
  );
}

function Toast({ toast, keyed, onGone }: { toast: Shown; keyed: boolean; onGone: () => void }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(toast.seconds);
  const gone = useRef(onGone);
  gone.current = onGone;
  useEffect(() => {
    if (!toast.seconds) return;
    const tick = setInterval(() => setLeft((now) => now - 1), 1000);
    return () => clearInterval(tick);
  }, [toast.seconds]);
  const over = toast.seconds > 0 && left <= 0;
  useEffect(() => {
    if (over) gone.current();
  }, [over]);

  const words = typeof toast.text === "function" ? toast.text(Math.max(left, 0)) : toast.text;
  return (
    <div className={style.toast} data-tone={toast.tone}>
      {/* The countdown is for the eye; a reader hears the sentence once. */}
      <span aria-hidden={typeof toast.text === "function" || undefined}>{words}</span>
      {typeof toast.text === "function" ? (
        <span className="visually-hidden">{toast.text(toast.seconds)}</span>
      ) : null}
      {toast.action ? (
        <button
          type="button"
          className={style.action}
          aria-keyshortcuts={keyed ? "z" : undefined}
          onClick={() => {
            toast.action?.run();
            onGone();
          }}
        >
          {toast.action.label}
          {keyed ? (
            <span aria-hidden="true" className={style.key}>
              <Kbd>Z</Kbd>
            </span>
          ) : null}
        </button>
      ) : null}
      <button type="button" className={style.close} onClick={onGone} aria-label={t("ui.close")}>
        ×
      </button>
    </div>
  );
}
