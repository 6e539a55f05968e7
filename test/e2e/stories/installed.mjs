// The desk as an app: it can be installed, opens without a network and says so,
// rings for what is pushed to it, and goes where the notification points.
import { check, story, until } from "./browser.mjs";
import { exploreDemo, list } from "./steps.mjs";

await story(async (world) => {
  const page = await world.person("veronica");
  const context = page.context();
  await context.grantPermissions(["notifications"], { origin: new URL(world.base).origin });
  await exploreDemo(page);
  const worker = await theWorker(context, page);
  await canBeInstalled(context, page);
  await keepsNothingOfTheApi(worker);
  await rings(world, context, page, worker);
  await opensWithoutNetwork(context, page);
});

/** Registered once the page is painted, and in charge of it. */
async function theWorker(context, page) {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  return worker;
}

async function canBeInstalled(context, page) {
  const cdp = await context.newCDPSession(page);
  const { installabilityErrors } = await cdp.send("Page.getInstallabilityErrors");
  // The stories' windows keep nothing after them, which alone forbids installing.
  const errors = installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito");
  check(errors.length === 0, `cannot be installed: ${JSON.stringify(errors)}`);
  const { errors: wrong, data } = await cdp.send("Page.getAppManifest");
  check(wrong.length === 0, `the manifest is wrong: ${JSON.stringify(wrong)}`);
  const icons = JSON.parse(data).icons;
  for (const { src } of icons) {
    const status = await page.evaluate(async (it) => (await fetch(it)).status, src);
    check(status === 200, `${src}: ${status}`);
  }
  check(
    icons.some(({ purpose }) => purpose === "maskable"),
    "no icon may be masked",
  );
}

async function keepsNothingOfTheApi(worker) {
  const kept = await worker.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(
      names.map(async (it) => (await (await caches.open(it)).keys()).map(({ url }) => url)),
    );
    return all.flat().map((url) => new URL(url).pathname);
  });
  check(kept.length > 10, `only ${kept.length} files are kept`);
  const other = kept.filter((it) => !/^\/(assets\/|icons\/|favicon\.svg$|index\.html$)/.test(it));
  check(other.length === 0, `kept besides the app: ${other}`);
}

async function rings(world, context, page, worker) {
  const cdp = await context.newCDPSession(page);
  const versions = [];
  cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => versions.push(...registrations));
  await cdp.send("ServiceWorker.enable");
  await until(() => versions.length > 0, "the worker is registered nowhere");
  const shown = () =>
    worker.evaluate(async () =>
      (await self.registration.getNotifications()).map(({ title, body, data }) => ({ title, body, ...data })),
    );
  const push = (text) =>
    cdp.send("ServiceWorker.deliverPushMessage", {
      origin: new URL(world.base).origin,
      registrationId: versions[0].registrationId,
      data: text,
    });
  await list(page).getByRole("link").first().click();
  await page.waitForURL(/\/owed\/\d+/);
  const at = new URL(page.url()).pathname;
  await page.goto("/outbox");
  let notes = [];
  // A worker that is just being woken may miss one; a service would send it again.
  const ring = async (text, holds, words) => {
    let last = 0;
    await until(async () => {
      if (Date.now() - last > 3_000) {
        last = Date.now();
        await push(text);
      }
      notes = await shown();
      return holds();
    }, words);
  };
  const note = { title: "À tenir bientôt", body: "Avant 10 h 30.", path: at, tag: "promise-1", lang: "fr" };
  await ring(JSON.stringify(note), () => notes.length > 0, "nothing is shown");
  check(notes[0].title === "À tenir bientôt" && notes[0].path === at, `shown: ${JSON.stringify(notes)}`);

  // Nobody can press a notification of a browser without a screen: the worker is told as if.
  const click = () =>
    worker.evaluate(async () => {
      const [notification] = await self.registration.getNotifications();
      self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
    });
  await click();
  await page.waitForURL(`**${at}`);

  for (const hostile of ["", "no JSON", '{"title":7,"path":"https://evil.example/"}']) {
    await ring(hostile, () => notes.some(({ title }) => title === "Comptoir"), `nothing for ${hostile}`);
    check(
      notes.every(({ path }) => path.startsWith("/")),
      `leads away: ${JSON.stringify(notes)}`,
    );
  }
}

async function opensWithoutNetwork(context, page) {
  await context.setOffline(true);
  await page.goto("/owed");
  await page.getByText("Le serveur ne répond pas").waitFor();
  await context.setOffline(false);
  await page
    .getByRole("button", { name: "Réessayer" })
    .click()
    .catch(() => undefined);
  await list(page).getByRole("link").first().waitFor();
}
