// Drives Chromium for bench/paint: each act is done as a hand does it, and timed in the page from
// the event's own time stamp to the frame in which its outcome stands. Tells JSON on its output.
import { openChromium } from "../../test/e2e/stories/browser.mjs";

const { base, session, times } = JSON.parse(process.env.PAINT);
const LISTS = /^\/((mine|unassigned|team|waiting|closed|owed)|(team|tag)-\d+)$/;
const pause = (ms) => new Promise((over) => setTimeout(over, ms));

/** What stands on the screen once conversation n is read: its subject, and words of a message. */
const conversation = (n) => `section[aria-label^="Commande ${20_000 + n} "] article p`;

/** In the page: `timed` waits for an event and then for what it brings about, painted. */
function timing() {
  window.timed = (kind, selector) => {
    window.took = new Promise((tell, fail) => {
      let began = 0;
      const look = () => {
        if (!began || !document.querySelector(selector)) return;
        began = -began;
        watch.disconnect();
        // The frame that shows it is drawn after its callbacks; what is posted there comes behind the drawing.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => tell(performance.now() + began);
          port2.postMessage(0);
        });
      };
      const watch = new MutationObserver(() => began > 0 && look());
      const start = (event) => {
        began = event.timeStamp;
        removeEventListener(kind, start, true);
        watch.observe(document, { subtree: true, childList: true, attributes: true });
      };
      addEventListener(kind, start, true);
      setTimeout(() => fail(new Error(`never painted: ${selector} at ${location.pathname}`)), 15_000);
    });
  };
}

const browser = await openChromium();
try {
  const context = await browser.newContext({
    baseURL: base,
    locale: "fr-FR",
    timezoneId: "Europe/Paris",
    viewport: { width: 1440, height: 900 },
  });
  await context.addCookies([{ name: "comptoir_session", value: session, url: base }]);
  await context.addInitScript(timing);
  const page = await context.newPage();
  const classes = [];
  const measure = async (name, act) => classes.push({ name, took: await act(page) });
  await measure("click on a row, pointer there for 150 ms", (it) => clickRows(it, "/owed", 150));
  await measure("click on a row, pointer just arrived", (it) => clickRows(it, "/closed", 0));
  await measure("J, after reading for 600 ms", (it) => pressJ(it, "/waiting", 600));
  await measure("J, again at once", (it) => pressJ(it, "/unassigned", 0));
  await measure("change of list, read from the server", (it) => changeList(it, false));
  await measure("change of list, seen before", (it) => changeList(it, true));
  await measure("palette", openPalette);
  console.log(JSON.stringify({ browser: browser.version(), classes }));
} finally {
  await browser.close();
}

/** A list on a fresh page, once nothing is fetched any more. */
async function open(page, path) {
  await page.goto(path);
  await page.locator("[data-conversation]").first().waitFor();
  await page.waitForLoadState("networkidle");
  await pause(1500);
}

async function timed(page, kind, selector, act) {
  await page.evaluate(([event, what]) => window.timed(event, what), [kind, selector]);
  await act();
  return page.evaluate(() => window.took);
}

async function clickRows(page, path, rest) {
  const took = [];
  await open(page, path);
  for (let i = 0; i < times; i++) {
    const row = page.locator("[data-conversation]").nth(i);
    const n = Number(await row.getAttribute("data-conversation"));
    await row.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await row.boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    if (rest) await pause(rest);
    took.push(
      await timed(page, "click", conversation(n), () => page.mouse.click(x + width / 2, y + height / 2)),
    );
    await page.mouse.move(5, 5);
    await pause(300);
  }
  return took;
}

async function pressJ(page, path, rest) {
  const took = [];
  await open(page, path);
  const rows = await page
    .locator("[data-conversation]")
    .evaluateAll((all) => all.map((it) => it.dataset.conversation));
  for (const n of rows.slice(0, times)) {
    took.push(await timed(page, "keydown", conversation(Number(n)), () => page.keyboard.press("j")));
    if (rest) await pause(rest);
  }
  return took;
}

async function changeList(page, again) {
  const took = [];
  while (took.length < times) {
    await open(page, "/owed");
    const links = page.locator("nav a:visible");
    const paths = await links.evaluateAll((all) => all.map((it) => it.getAttribute("href")));
    const lists = [...new Set(paths)].filter((path) => LISTS.test(path) && path !== "/owed");
    for (const round of again ? [0, 1, 2] : [0]) {
      for (const path of lists) {
        const shown = `a[href^="${path}/"]`;
        const ms = await timed(page, "click", shown, () =>
          page.locator(`nav a[href="${path}"]`).first().click(),
        );
        if (!again || round > 0) took.push(ms);
        await pause(200);
      }
    }
  }
  return took;
}

async function openPalette(page) {
  const took = [];
  await open(page, "/owed");
  for (let i = 0; i < times; i++) {
    const option = '[role="dialog"] [role="option"]';
    took.push(await timed(page, "keydown", option, () => page.keyboard.press("Control+k")));
    await page.keyboard.press("Escape");
    await page.locator('[role="dialog"]').waitFor({ state: "detached" });
    await pause(100);
  }
  return took;
}
