// Makes docs/contact-sheet from the demo shop, by the built binary: each screen in
// two languages, two widths and two themes. `make contact-sheet`, or the names of
// some screens: SCREENS="owed report" make contact-sheet. With SHOTS=a folder, each
// shot is left there whole, to be looked at closely.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { changeMe, onFreshDesk, openContext, ROOT } from "./demo-desk.mjs";
import { openChromium } from "./stories/browser.mjs";
import { DOOR, dialog, FIRST, SHOP, settled } from "./stories/screens.mjs";
import { exploreDemo } from "./stories/steps.mjs";

const OUT = join(ROOT, "docs/contact-sheet");
const MOST = 6_000_000;
const only = (process.env.SCREENS ?? "").split(/\s+/).filter(Boolean);
const wanted = (screens) => screens.filter(({ name }) => !only.length || only.includes(name));
const shots = new Map();
const wrong = [];
const tell = (words) => {
  console.error(words);
  wrong.push(words);
};

/** Where a dialog stands, with a little of what lies behind it. */
async function around(page) {
  const { width, height } = page.viewportSize();
  const box = await dialog(page).boundingBox();
  const x = Math.max(0, box.x - 16);
  const y = Math.max(0, box.y - 16);
  return {
    x,
    y,
    width: Math.min(width, box.x + box.width + 16) - x,
    height: Math.min(height, box.y + box.height + 16) - y,
  };
}

async function shoot(page, { name, small }, { language, phone }) {
  for (const theme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    const shot = await page.screenshot({
      clip: small ? await around(page) : undefined,
      type: "jpeg",
      quality: 85,
      scale: "css",
      animations: "disabled",
      caret: "hide",
    });
    const mine = shots.get(name) ?? {};
    const which = `${language}-${phone ? "phone" : "desk"}-${theme}`;
    mine[which] = shot.toString("base64");
    if (process.env.SHOTS) await writeFile(join(process.env.SHOTS, `${name}-${which}.jpg`), shot);
    shots.set(name, mine);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) tell(`${name}, ${language}${phone ? ", phone" : ""}: ${wide} px wider than the window`);
}

async function walk(page, screens, variant) {
  for (const screen of screens) {
    const { name, to, me, only } = screen;
    if (only === (variant.phone ? "desk" : "phone")) continue;
    try {
      if (me) await changeMe(page, me);
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      await to(page, variant);
      await settled(page);
      await shoot(page, screen, variant);
    } catch (error) {
      tell(
        `${name}, ${variant.language}${variant.phone ? ", phone" : ""}: ${error.message.split("\n").slice(0, 3).join(" ")}`,
      );
    }
    if (me) {
      await page.goto("/owed");
      await changeMe(page, { list_order: "due", tour: "skipped" });
    }
  }
}

/** On a desk and on a phone, one after the other: both are one person's. */
async function widths(browser, base, language, session, visit) {
  for (const phone of [false, true]) {
    const variant = { language, phone };
    const context = await openContext(browser, base, variant, session);
    context.setDefaultTimeout(30_000);
    await visit(await context.newPage(), variant);
    await context.close();
  }
}

async function offline(page, variant) {
  const name = "offline";
  if (!wanted([{ name }]).length) return;
  await page.goto("/owed");
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.context().setOffline(true);
  await walk(page, [{ name, to: (it) => it.goto("/owed").then(() => it.waitForTimeout(1500)) }], variant);
  await page.context().setOffline(false);
}

/** One picture of a screen's eight, put together by Chromium itself. */
async function compose(page, name, mine) {
  const cell = (key) =>
    mine[key] ? `<img src="data:image/jpeg;base64,${mine[key]}" class="${key.split("-")[1]}">` : "";
  const line = (language) =>
    `<div>${["desk-light", "desk-dark", "phone-light", "phone-dark"].map((it) => cell(`${language}-${it}`)).join("")}</div>`;
  await page.setContent(`<style>body{margin:0;padding:8px;width:max-content;background:#7d7d7d}div{display:flex;gap:8px}
    div+div{margin-top:8px}img{display:block;align-self:start}.desk{zoom:.5167}.phone{zoom:.551}</style>${line("fr")}${line("en")}`);
  await page.evaluate(() => Promise.all([...document.images].map((it) => it.decode())));
  const { width, height } = await page.locator("body").boundingBox();
  const cdp = await page.context().newCDPSession(page);
  const { data } = await cdp.send("Page.captureScreenshot", {
    format: "webp",
    quality: 50,
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width, height, scale: 1 },
  });
  await cdp.detach();
  const picture = Buffer.from(data, "base64");
  await writeFile(join(OUT, `${name}.webp`), picture);
  return picture.length;
}

async function takeAll(browser, base, language) {
  await widths(browser, base, language, undefined, (page, variant) =>
    walk(page, wanted(FIRST).length ? FIRST : [], variant),
  );
  const demo = await browser.newContext({ baseURL: base, locale: "fr-FR" });
  const first = await demo.newPage();
  await exploreDemo(first);
  const session = { cookies: await demo.cookies(), origins: [] };
  await first.close();
  await widths(browser, base, language, session, async (page, variant) => {
    await page.goto("/owed");
    await changeMe(page, { language, tour: "skipped", list_order: "due" });
    await walk(page, wanted(SHOP), variant);
    await offline(page, variant);
  });
  await widths(browser, base, language, undefined, (page, variant) => walk(page, wanted(DOOR), variant));
}

// A desk for each language: what a person chose is theirs on every device.
await Promise.all(
  ["fr", "en"].map((language) => onFreshDesk((browser, base) => takeAll(browser, base, language))),
);
await mkdir(OUT, { recursive: true });
if (!only.length)
  for (const name of await readdir(OUT)) if (name.endsWith(".webp")) await rm(join(OUT, name));
const browser = await openChromium();
const easel = await browser.newPage({ viewport: { width: 1960, height: 980 } });
let all = 0;
for (const [name, mine] of shots) all += await compose(easel, name, mine);
await browser.close();
console.log(`${shots.size} screens, ${Math.round(all / 1000)} kB`);
if (all > MOST) tell(`${all} bytes, ${MOST} at most`);

const page = await readFile(join(OUT, "README.md"), "utf8").catch(() => "");
for (const name of shots.keys())
  if (!page.includes(`${name}.webp`)) tell(`README.md doesn't name ${name}.webp`);
if (wrong.length) {
  console.error(wrong.join("\n"));
  process.exitCode = 1;
}
