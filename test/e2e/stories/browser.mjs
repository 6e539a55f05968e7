// Chromium as the stories use it, and the frame in which a story is told.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Longest wait for one state: real mail passes real servers on a busy machine. */
export const PATIENCE = 45_000;

/** COMPTOIR_SLOWED=6 tells the stories on a processor six times as slow: what only a quick machine gets right shows. */
async function slowed(page) {
  const rate = Number(process.env.COMPTOIR_SLOWED || 1);
  if (rate <= 1) return;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate });
}

export function openChromium() {
  const executablePath = process.env.COMPTOIR_CHROMIUM || "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: QUIET });
}

/**
 * Tells one story: `tell` gets the world (stories/steps.mjs uses it) and opens
 * a browser of its own for each person. When it fails, the pages as they were
 * and a trace lie in `out`.
 */
export async function story(tell) {
  const start = JSON.parse(process.env.STORY);
  const browser = await openChromium();
  const people = [];
  const wrong = [];
  const world = {
    ...start,
    /** A person's own browser, on the first page. */
    async person(name, options = {}) {
      const context = await browser.newContext({
        baseURL: start.base,
        locale: start.language === "en" ? "en-GB" : "fr-FR",
        timezoneId: "Europe/Paris",
        viewport: { width: 1440, height: 900 },
        ...options,
      });
      context.setDefaultTimeout(PATIENCE);
      await context.tracing.start({ snapshots: true });
      const page = await context.newPage();
      await slowed(page);
      people.push({ name, context, page });
      page.on("pageerror", (error) => wrong.push(`${name}'s page broke: ${error.stack ?? error}`));
      page.on("console", (said) => {
        if (/Content Security Policy/i.test(said.text())) wrong.push(`${name}: ${said.text()}`);
      });
      return page;
    },
    /** What happens outside the browser: "write", "kill", "start", "demo-write". */
    async act(verb, body = {}) {
      const answer = await fetch(`${start.world}/${verb}`, { method: "POST", body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${verb}: ${await answer.text()}`);
    },
  };
  let failed = false;
  try {
    await tell(world);
    if (wrong.length) throw new Error(wrong.join("\n"));
  } catch (error) {
    failed = true;
    console.log(error.stack ?? error);
    if (wrong.length) console.log(wrong.join("\n"));
    await mkdir(start.out, { recursive: true });
    for (const { name, page, context } of people) {
      await page.screenshot({ path: join(start.out, `${name}.png`) }).catch(() => undefined);
      await context.tracing.stop({ path: join(start.out, `${name}.zip`) }).catch(() => undefined);
    }
  }
  await browser.close();
  process.exit(failed ? 1 : 0);
}

/** Fails with what was expected, in words. */
export function check(holds, words) {
  if (!holds) throw new Error(words);
}

/** Waits until something that the page does not tell by itself has come about; words may be a function, asked at the end. */
export async function until(holds, words) {
  const end = Date.now() + PATIENCE;
  while (!(await holds())) {
    check(Date.now() < end, typeof words === "function" ? words() : words);
    await new Promise((again) => setTimeout(again, 50));
  }
}
