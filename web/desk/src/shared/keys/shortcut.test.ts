import { expect, test } from "vitest";
import { ariaKeys, shownKey } from "./shortcut";

test.each([
  ["A", "a"],
  ["?", "?"],
  ["Esc", "Escape"],
  ["↵", "Enter"],
  ["Alt ↵", "Alt+Enter"],
  ["Alt ⌫", "Alt+Backspace"],
  ["Ctrl B", "Control+b"],
  ["⌘ K", "Control+k Meta+k"],
  ["⌘ ⇧ ↵", "Control+Shift+Enter Meta+Shift+Enter"],
])("%s is told to a screen reader as %s", (hint, said) => {
  expect(ariaKeys(hint)).toBe(said);
});

test("⌘ is shown where the keyboard has one", () => {
  expect(shownKey("⌘ ↵", true)).toBe("⌘ ↵");
  expect(shownKey("⌘ ↵", false)).toBe("Ctrl ↵");
  expect(shownKey("Ctrl B", true)).toBe("⌘ B");
  expect(shownKey("A", false)).toBe("A");
});
