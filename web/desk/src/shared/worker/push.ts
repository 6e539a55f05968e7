import { get, post } from "@/shared/api/call";
import type { Telling } from "@/shared/api/types";
import { supportsWorker } from "./worker";

/** What stands in the way of being told things on this device. */
export type PushState = "ready" | "insecure" | "unsupported" | "denied";

export function pushState(): PushState {
  if (!window.isSecureContext) return "insecure";
  if (!supportsWorker() || !("PushManager" in window) || !("Notification" in window)) return "unsupported";
  return Notification.permission === "denied" ? "denied" : "ready";
}

/**
 * Has the browser ask for leave, subscribes it with the desk's key, and tells
 * the server. Answers null when the person said no.
 */
export async function turnOn(): Promise<Telling | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  const { key } = await post<{ key: string }>("/me/push/key");
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  // A browser keeps one subscription, bound to its key; another key needs another one.
  if (before && text(before.options.applicationServerKey) !== key) await before.unsubscribe();
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  return tell(made);
}

/** The push service gave this browser another address: the server must know. */
export async function renew(): Promise<void> {
  if (pushState() !== "ready" || Notification.permission !== "granted") return;
  const telling = await get<Telling>("/me/notifications");
  if (telling.push_key) await turnOn();
}

/** Ends it in the browser, too: nothing of ours stays behind. */
export async function turnOff(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

function tell(made: PushSubscription): Promise<Telling> {
  const { endpoint, keys } = made.toJSON();
  return post<Telling>("/me/push", { endpoint, keys });
}

/** base64url without padding, as keys are written. */
export function text(bytes: ArrayBuffer | null): string {
  const raw = String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0)));
  return btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
