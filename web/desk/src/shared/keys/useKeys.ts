import { useEffect, useRef } from "react";

type Handlers = Record<string, (event: KeyboardEvent) => void>;

/** Whether the person is writing: single letters are then letters, not commands. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // What is ticked is not written in.
  if (target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** The name of a key press: "j", "?", "mod+enter", "escape". */
export function keyName(event: KeyboardEvent): string {
  const mod = event.metaKey || event.ctrlKey ? "mod+" : "";
  return mod + event.key.toLowerCase();
}

/**
 * Single keys act outside fields and dialogs; those with mod act everywhere.
 * first: before those of other screens that know the same key.
 */
export function useKeys(handlers: Handlers, on = true, first = false): void {
  const current = useRef(handlers);
  current.current = handlers;
  useEffect(() => {
    if (!on) return;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      const name = keyName(event);
      const handler = current.current[name];
      if (!handler) return;
      const free = !isWriting(event.target) && !document.querySelector('[role="dialog"],[role="menu"]');
      if (!free && !name.startsWith("mod+")) return;
      event.preventDefault();
      handler(event);
    };
    window.addEventListener("keydown", listen, first);
    return () => window.removeEventListener("keydown", listen, first);
  }, [on, first]);
}
