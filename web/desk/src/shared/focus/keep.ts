/**
 * Keeps the keyboard somewhere. Browsers let the focus fall to <body> when what had it
 * leaves the page, and leave it where it was when another page has come: either way the
 * next Tab begins at the top, and a screen reader says nothing. Here is the one place
 * that answers both, so that no screen has to.
 */

const POPUP = '[role="dialog"],[role="alertdialog"],[role="menu"]';
const REGION = 'section,form,aside,nav,main,header,fieldset,[role="region"],[role="group"],[role="toolbar"]';
const TABBABLE =
  'a[href],button:not(:disabled),input:not(:disabled):not([type="hidden"]),select:not(:disabled),textarea:not(:disabled),[tabindex="0"],[contenteditable="true"],summary';
/** How many openers are remembered. */
const REMEMBERED = 20;

export interface Places {
  /** Where somebody who came to this page begins; null while it isn't there yet. */
  arrival: () => HTMLElement | null;
  /** What has the focus moved along with the page by itself, and keeps it. */
  along: (at: Element) => boolean;
}

/** What has the focus, and what there is around it: asked once it is gone. */
interface Held {
  at: HTMLElement;
  /** Innermost first. */
  around: HTMLElement[];
  /** The rows among which it stood, nearest first. */
  rows: { list: HTMLElement; index: number }[];
}

export interface FocusKeeper {
  /** Another page is about to come. */
  leaving: () => void;
  /** It is the one on screen now, though parts of it may still load. */
  arrived: () => void;
  stop: () => void;
}

export function keepFocus({ arrival, along }: Places): FocusKeeper {
  let held: Held | null = null;
  let openers: HTMLElement[] = [];
  // Nothing is moved for somebody who has touched nothing yet.
  let touched = false;
  let pressed: Element | null = null;
  const firstHeld = new WeakMap<Element, number>();
  let count = 0;
  let awaited: number | null = null; // what was held up to here was held on the page before
  let here = true; // until then what is there is still the page before
  let due = 0;

  const isLost = (at: Element | null) => !at || at === document.body || at === document.documentElement;
  // A page that is still loading has the focus itself.
  const rest = () => {
    const page = document.querySelector<HTMLElement>("main");
    if (page) focusOn(page);
  };

  const arrive = () => {
    if (awaited === null || !here || document.querySelector(POPUP)) return;
    const at = document.activeElement;
    const before = !at || isLost(at) || at.matches("main") || (firstHeld.get(at) ?? 0) <= awaited;
    if (!before || (at && at !== pressed && along(at))) {
      awaited = null;
      return;
    }
    const to = arrival();
    if (to) {
      awaited = null;
      focusOn(to);
    } else if (isLost(at)) {
      rest();
    }
  };

  const look = () => {
    due = 0;
    arrive();
    if (!held || !isLost(document.activeElement) || canHold(held.at)) return;
    const popup = [...document.querySelectorAll<HTMLElement>(POPUP)].at(-1);
    if (popup) {
      focusOn(popup);
      return;
    }
    const to = awaited === null ? (successor(held, openers) ?? arrival()) : null;
    if (to) focusOn(to);
    else rest();
  };
  // A frame later: a dialog that closes gives the focus back by itself, and a page that
  // comes may take it.
  const lookSoon = () => {
    due ||= requestAnimationFrame(() => {
      due = requestAnimationFrame(look);
    });
  };

  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement) || target === document.body) return;
    if (!firstHeld.has(target)) firstHeld.set(target, ++count);
    held = hold(target);
    if (!target.closest(POPUP)) {
      openers = [target, ...openers.filter((it) => it !== target && it.isConnected)].slice(0, REMEMBERED);
    }
  };
  const onKey = (event: KeyboardEvent) => {
    touched = true;
    pressed = null;
    if (event.key === "Tab") awaited = null;
  };
  const onPointer = () => {
    touched = true;
    awaited = null;
  };
  const onClick = ({ target }: MouseEvent) => {
    pressed = target instanceof Element ? target.closest(TABBABLE) : null;
  };
  const changes = new MutationObserver(() => {
    if (awaited !== null || isLost(document.activeElement)) lookSoon();
  });

  document.addEventListener("focusin", onFocus);
  document.addEventListener("focusout", lookSoon);
  window.addEventListener("keydown", onKey, true);
  window.addEventListener("pointerdown", onPointer, true);
  window.addEventListener("click", onClick, true);
  changes.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["disabled", "hidden", "data-landing"],
  });
  return {
    leaving: () => {
      here = false;
      if (touched) awaited = count;
    },
    arrived: () => {
      here = true;
      lookSoon();
    },
    stop: () => {
      cancelAnimationFrame(due);
      changes.disconnect();
      document.removeEventListener("focusin", onFocus);
      document.removeEventListener("focusout", lookSoon);
      window.removeEventListener("keydown", onKey, true);
      window.removeEventListener("pointerdown", onPointer, true);
      window.removeEventListener("click", onClick, true);
    },
  };
}

/** Gives the focus to what is no control: a heading, a region. */
export function focusOn(to: HTMLElement): void {
  if (!to.matches(TABBABLE) && !to.hasAttribute("tabindex")) to.tabIndex = -1;
  to.focus({ preventScroll: true });
  to.scrollIntoView?.({ block: "nearest" });
}

function hold(at: HTMLElement): Held {
  const around: HTMLElement[] = [];
  const rows: Held["rows"] = [];
  for (let it: HTMLElement | null = at; it && it !== document.body; it = it.parentElement) {
    around.push(it);
    const list: HTMLElement | null = it.parentElement;
    if (list && it.matches('li,tr,[role="listitem"]')) {
      rows.push({ list, index: [...list.children].indexOf(it) });
    }
  }
  return { at, around, rows };
}

function canHold(it: HTMLElement): boolean {
  return it.isConnected && !it.matches(":disabled") && isSeen(it);
}

function isSeen(it: HTMLElement): boolean {
  return it.checkVisibility?.() ?? true;
}

/** Who takes over from what is gone: the opener, the row that moved up, or the place that it was in. */
function successor({ around, rows }: Held, openers: readonly HTMLElement[]): HTMLElement | null {
  if (around.some((it) => it.matches(POPUP) && !it.isConnected)) {
    const opener = openers.find(canHold);
    if (opener) return opener;
  }
  for (const { list, index } of rows) {
    const row = list.isConnected ? list.children[Math.min(index, list.children.length - 1)] : undefined;
    const to = row ? firstIn(row) : null;
    if (to) return to;
  }
  const left = around.filter((it) => it.isConnected && isSeen(it) && !it.matches("main"));
  for (const it of left) {
    if (it.hasAttribute("tabindex")) return it;
    if (!it.matches(REGION)) continue;
    const to = it.querySelector<HTMLElement>("[data-landing]") ?? headingIn(it);
    if (to) return to;
  }
  const region = left.find((it) => it.matches(REGION));
  return region ? firstIn(region) : null;
}

/** The first thing in a place that takes the keyboard. */
export function firstIn(place: Element): HTMLElement | null {
  return [...place.querySelectorAll<HTMLElement>(TABBABLE)].find(isSeen) ?? null;
}

/** The heading that the eye reads first; one that only a screen reader has shows no focus. */
export function headingIn(place: Element): HTMLElement | null {
  const all = place.querySelectorAll<HTMLElement>("h1,h2,h3");
  return [...all].find((it) => isSeen(it) && !it.matches(".visually-hidden")) ?? null;
}
