import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { ariaKeys, shownKey } from "@/shared/keys/shortcut";
import style from "./Button.module.css";
import { cx } from "./cx";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: "primary" | "plain" | "ghost" | "danger";
  /** True while the act runs: the button keeps its place and refuses a second press. */
  busy?: boolean;
  /** The key that does the same, shown beside the words. */
  hint?: string;
  ref?: Ref<HTMLButtonElement>;
  children: ReactNode;
}

export function Button({
  kind = "plain",
  busy = false,
  hint,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-keyshortcuts={hint ? ariaKeys(hint) : undefined}
      {...rest}
      className={cx(style.button, style[kind], className)}
      aria-busy={busy || undefined}
      // aria-disabled rather than disabled: the focus must not fall off a button that was just pressed.
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {children}
      {hint ? (
        <span className={style.hint} aria-hidden="true">
          {shownKey(hint)}
        </span>
      ) : null}
    </button>
  );
}

/** A place to go or a file to fetch, as prominent as an act. */
export function ButtonLink({
  kind = "plain",
  className,
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & { kind?: ButtonProps["kind"] }) {
  return <a {...rest} className={cx(style.button, style.link, style[kind], className)} />;
}
