import { type ReactNode, useEffect, useRef } from "react";
import style from "./Choices.module.css";

export interface Choice {
  key: string;
  title: string;
  /** A word beside the title: the shortcut, the language that is missing. */
  mark?: ReactNode;
  text?: string;
  group?: string;
}

interface ChoicesProps {
  id: string;
  label: string;
  choices: Choice[];
  at: number;
  empty: string;
  onAt: (at: number) => void;
  onPick: (choice: Choice) => void;
  head?: ReactNode;
  foot?: ReactNode;
}

/** A list to pick from while the focus stays where one writes. */
export function Choices({ id, label, choices, at, empty, onAt, onPick, head, foot }: ChoicesProps) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen one comes into sight when it changes
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: "nearest" });
  }, [at, choices]);
  return (
    <div className={style.box}>
      {head}
      <div ref={list} id={id} className={style.list} role="listbox" aria-label={label} tabIndex={-1}>
        {choices.length === 0 ? <p className={style.empty}>{empty}</p> : null}
        {choices.map((choice, n) => (
          <div key={choice.key}>
            {choice.group && choice.group !== choices[n - 1]?.group ? (
              <p className={style.group} aria-hidden="true">
                {choice.group}
              </p>
            ) : null}
            <div
              id={`${id}-${n}`}
              className={style.choice}
              role="option"
              tabIndex={-1}
              aria-selected={n === at}
              onMouseMove={() => (n === at ? undefined : onAt(n))}
              // Before the editor loses its place: a press is no blur.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onPick(choice)}
              onKeyDown={(event) => (event.key === "Enter" ? onPick(choice) : undefined)}
            >
              <span className={style.title}>
                {choice.title}
                {choice.mark ? <span className={style.mark}>{choice.mark}</span> : null}
              </span>
              {choice.text ? <span className={style.text}>{choice.text}</span> : null}
            </div>
          </div>
        ))}
      </div>
      {foot ? <div className={style.foot}>{foot}</div> : null}
    </div>
  );
}

/** Where the arrow keys lead; null for other keys. */
export function moved(event: KeyboardEvent | React.KeyboardEvent, at: number, count: number): number | null {
  if (count === 0) return null;
  switch (event.key) {
    case "ArrowDown":
      return (at + 1) % count;
    case "ArrowUp":
      return (at + count - 1) % count;
    default:
      return null;
  }
}
