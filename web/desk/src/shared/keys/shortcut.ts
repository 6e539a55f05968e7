const NAMES: Record<string, string> = {
  "↵": "Enter",
  "⌫": "Backspace",
  Esc: "Escape",
  "⇧": "Shift",
  Ctrl: "Control",
};

/** A key as it stands beside an act ("⌘ ⇧ ↵", "A"), in the words of aria-keyshortcuts (ARIA 1.2, 6.6). */
export function ariaKeys(hint: string): string {
  const parts = hint.split(" ").map((part) => NAMES[part] ?? part);
  const key = parts.at(-1) ?? "";
  const last = key.length === 1 ? key.toLowerCase() : key;
  const before = parts.slice(0, -1);
  const written = (mod: string) => [...before.map((it) => (it === "⌘" ? mod : it)), last].join("+");
  return before.includes("⌘") ? `${written("Control")} ${written("Meta")}` : written("");
}

const APPLE = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** The key as this machine's keyboard has it: ⌘ is Ctrl where there is no ⌘. */
export function shownKey(hint: string, apple = APPLE): string {
  return hint.replace(apple ? "Ctrl" : "⌘", apple ? "⌘" : "Ctrl");
}
