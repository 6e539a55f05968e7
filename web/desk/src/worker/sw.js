/*
 * The service worker. Promises: keeps the page and its hashed files of one
 * version, so that the desk opens without a network and an open page finds its
 * files after an upgrade; shows what is pushed; takes over from an older version
 * only when asked, since its page is still being written in. Never: keeps or
 * answers anything of /api/, nor a page that another part of the server draws.
 *
 * It is a file of its own, filled in by the build (vite.config.ts): FILES are
 * the files of this version, ENTRY the script that starts the page.
 */
const FILES = self.__FILES__ ?? [];
const ENTRY = self.__ENTRY__ ?? "";
const SHELL = "/index.html";
const KEPT = "comptoir-";
const CACHE = KEPT + ENTRY;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(CACHE).then(async (cache) => {
      // Anew, past the browser's own cache: the page has no hash.
      const page = await fetch("/", { cache: "reload" });
      if (!page.ok) throw new Error(`the page answered ${page.status}`);
      await cache.put(SHELL, page);
      await cache.addAll(FILES);
    }),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((name) => name.startsWith(KEPT) && name !== CACHE).map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("message", (event) => {
  if (event.data?.type === "take-over") void self.skipWaiting();
  if (event.data?.type === "version") event.ports[0]?.postMessage({ entry: ENTRY });
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || url.pathname.startsWith("/api/"))
    return;
  if (FILES.includes(url.pathname)) event.respondWith(fromCache(request, url.pathname));
  else if (request.mode === "navigate") event.respondWith(page(request));
});

/** What is hashed never changes: the cache is asked first. */
async function fromCache(request, path) {
  const kept = await caches.match(path, { cacheName: CACHE });
  return kept ?? fetch(request);
}

/** The server's page while there is one; else ours, which says that there is no network. */
async function page(request) {
  try {
    return await fetch(request);
  } catch (gone) {
    const kept = await caches.match(SHELL, { cacheName: CACHE });
    if (kept) return kept;
    throw gone;
  }
}

self.addEventListener("push", (event) => {
  let note = {};
  try {
    note = event.data?.json() ?? {};
  } catch {
    // What we did not write says nothing; the browser wants something shown all the same.
  }
  const text = (value) => (typeof value === "string" ? value : "");
  event.waitUntil(
    self.registration.showNotification(text(note.title) || "Comptoir", {
      body: text(note.body),
      tag: text(note.tag) || undefined,
      lang: text(note.lang) || "fr",
      icon: "/icons/icon-192.png",
      badge: "/icons/badge-96.png",
      renotify: Boolean(text(note.tag)),
      data: { path: ours(text(note.path)) },
    }),
  );
});

/** A page of this desk, whatever was sent. */
function ours(path) {
  const url = new URL(path || "/owed", self.location.origin);
  return url.origin === self.location.origin ? url.pathname + url.search : "/owed";
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const path = ours(event.notification.data?.path ?? "");
  event.waitUntil(open(path));
});

/** In the window that is there, which goes there without losing what is written; else in a new one. */
async function open(path) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const window = windows.find(({ focused }) => focused) ?? windows[0];
  if (!window) return self.clients.openWindow(path);
  const heard = await tell(window, { type: "open", path });
  const here = await window.focus().catch(() => window);
  // A page that is just being loaded hears nothing yet, and holds nothing that could be lost.
  return heard ? here : here.navigate(path).catch(() => self.clients.openWindow(path));
}

/** Whether the page says within a second that it heard. */
function tell(window, words) {
  return new Promise((heard) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => heard(true);
    window.postMessage(words, [port2]);
    setTimeout(() => heard(false), 1000);
  });
}

// The push service gave the browser another address: the page says it when it is next open.
self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then((all) => {
      for (const it of all) it.postMessage({ type: "resubscribe" });
    }),
  );
});
