/**
 * The page's side of the service worker. Promises: it is registered after the
 * page is painted, looked for again every hour, and a newer version waits until
 * the person says so. Never: reloads a page by itself.
 */
export interface WorkerOptions {
  /** A newer version is there; `take` loads it. */
  onNewer: (take: () => void) => void;
  /** A notification of ours was clicked. */
  onOpen: (path: string) => void;
  /** The push service gave the browser another address. */
  onRenew: () => void;
}

const HOUR = 3_600_000;

export function supportsWorker(): boolean {
  return "serviceWorker" in navigator && window.isSecureContext;
}

/** Registers the worker of a built app; the development server has none. */
export function startWorker(options: WorkerOptions): () => void {
  if (!supportsWorker() || !ENTRY) return () => {};
  let over = false;
  let timer: ReturnType<typeof setInterval> | undefined;
  const heard = (event: MessageEvent) => {
    if (event.data?.type === "open" && typeof event.data.path === "string") {
      event.ports[0]?.postMessage("heard");
      options.onOpen(event.data.path);
    }
    if (event.data?.type === "resubscribe") options.onRenew();
  };
  // At once: the worker of an earlier visit may speak already.
  navigator.serviceWorker.addEventListener("message", heard);
  const begin = (registration: ServiceWorkerRegistration) => {
    if (over) return;
    const look = (worker: ServiceWorker | null) => worker && void offer(worker, options.onNewer);
    look(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker?.addEventListener("statechange", () => {
        // Without a controller it is the first one: there is nothing newer.
        if (worker.state === "installed" && navigator.serviceWorker.controller) look(worker);
      });
    });
    timer = setInterval(() => void registration.update().catch(() => {}), HOUR);
  };
  // Once the page is painted: what it needs comes first. Private windows and old
  // browsers refuse, and the desk works without it.
  const painted = setTimeout(() => {
    void navigator.serviceWorker
      .register("/sw.js", { updateViaCache: "none" })
      .then(begin)
      .catch(() => {});
  }, 2000);
  return () => {
    over = true;
    clearTimeout(painted);
    clearInterval(timer);
    navigator.serviceWorker.removeEventListener("message", heard);
  };
}

// The script that this page was started by: its name has a hash, so it is the version.
const ENTRY = new URL(
  document.querySelector<HTMLScriptElement>('script[type="module"][src*="/assets/"]')?.src ?? "about:blank",
).pathname.replace(/^blank$/, "");

/** A worker that waits has a newer page, or this very one, which the server gave already. */
async function offer(worker: ServiceWorker, onNewer: WorkerOptions["onNewer"]): Promise<void> {
  const entry = await versionOf(worker);
  if (entry === ENTRY) {
    worker.postMessage({ type: "take-over" });
    return;
  }
  onNewer(() => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    worker.postMessage({ type: "take-over" });
  });
}

function versionOf(worker: ServiceWorker): Promise<string> {
  return new Promise((answer) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => answer(String(data?.entry ?? ""));
    worker.postMessage({ type: "version" }, [port2]);
    setTimeout(() => answer(""), 3000);
  });
}
