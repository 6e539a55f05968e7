import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";
import { cx } from "./cx";
import style from "./Field.module.css";

interface Around {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** Hides the label from sight where the place already says it; readers still hear it. */
  quiet?: boolean;
  className?: string;
}

function useAround({ hint, error }: Pick<Around, "hint" | "error">) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const describedBy = [hintId, errorId].filter(Boolean).join(" ") || undefined;
  return { id, hintId, errorId, describedBy };
}

interface FrameProps extends Around {
  id: string;
  hintId?: string;
  errorId?: string;
  children: ReactNode;
}

function Frame({ id, label, hint, hintId, error, errorId, quiet, className, children }: FrameProps) {
  return (
    <div className={cx(style.field, className)}>
      <label htmlFor={id} className={quiet ? "visually-hidden" : style.label}>
        {label}
      </label>
      {children}
      {hint ? (
        <p id={hintId} className={style.hint}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={errorId} className={style.error}>
          {error}
        </p>
      ) : null}
    </div>
  );
}

type InputProps = Around & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> };

export function Field({ label, hint, error, quiet, className, ...input }: InputProps) {
  const around = useAround({ hint, error });
  return (
    <Frame {...around} label={label} hint={hint} error={error} quiet={quiet} className={className}>
      <input
        {...input}
        id={around.id}
        className={style.input}
        aria-invalid={error ? true : undefined}
        aria-describedby={around.describedBy}
      />
    </Frame>
  );
}

type AreaProps = Around & TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> };

export function TextArea({ label, hint, error, quiet, className, ...area }: AreaProps) {
  const around = useAround({ hint, error });
  return (
    <Frame {...around} label={label} hint={hint} error={error} quiet={quiet} className={className}>
      <textarea
        rows={3}
        {...area}
        id={around.id}
        className={cx(style.input, style.area)}
        aria-invalid={error ? true : undefined}
        aria-describedby={around.describedBy}
      />
    </Frame>
  );
}

type SelectProps = Around & SelectHTMLAttributes<HTMLSelectElement> & { ref?: Ref<HTMLSelectElement> };

export function Select({ label, hint, error, quiet, className, children, ...select }: SelectProps) {
  const around = useAround({ hint, error });
  return (
    <Frame {...around} label={label} hint={hint} error={error} quiet={quiet} className={className}>
      <select
        {...select}
        id={around.id}
        className={style.input}
        aria-invalid={error ? true : undefined}
        aria-describedby={around.describedBy}
      >
        {children}
      </select>
    </Frame>
  );
}

type CheckProps = Omit<InputHTMLAttributes<HTMLInputElement>, "type"> & {
  label: ReactNode;
  hint?: ReactNode;
  radio?: boolean;
};

export function Check({ label, hint, radio, className, ...input }: CheckProps) {
  const id = useId();
  return (
    <div className={cx(style.check, className)}>
      <input
        {...input}
        id={id}
        type={radio ? "radio" : "checkbox"}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <p id={`${id}-hint`} className={style.hint}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}
