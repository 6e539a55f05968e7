import style from "./Avatar.module.css";

/** Two letters for a person; the name is always written beside it. */
export function Avatar({ name }: { name: string }) {
  return (
    <span className={style.avatar} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters =
    words.length > 1
      ? [words[0], words.at(-1)].map((word) => [...(word ?? "")][0])
      : [...(words[0] ?? "?")].slice(0, 2);
  return letters.join("").toLocaleUpperCase();
}
