const KEY = "comptoir.searches";
const KEPT = 6;

/** What was searched for on this device, newest first. */
export function recent(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((it) => typeof it === "string").slice(0, KEPT) : [];
  } catch {
    return []; // written by somebody else
  }
}

export function remember(q: string): void {
  const words = q.trim();
  if (!words) return;
  try {
    localStorage.setItem(
      KEY,
      JSON.stringify([words, ...recent().filter((it) => it !== words)].slice(0, KEPT)),
    );
  } catch {
    // a full or forbidden store: it is a convenience only
  }
}
