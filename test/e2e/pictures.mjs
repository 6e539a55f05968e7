// Takes docs/pictures from the demo shop, by the built binary: `make pictures`.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { changeMe, onFreshDesk, openContext, ROOT } from "./demo-desk.mjs";
import { composer, exploreDemo, row } from "./stories/steps.mjs";

const LARGEST = 300_000;

// Before anybody has signed in; then in the demo shop. `to` leads to what is shown.
const FIRST = [{ name: "setup" }, { name: "setup-en", language: "en" }, { name: "setup-dark", dark: true }];
const SHOP = [
  { name: "desk", to: camille },
  { name: "desk-dark", to: camille, dark: true },
  { name: "desk-en", to: camille, language: "en" },
  { name: "owed", to: owed },
  { name: "owed-dark", to: owed, dark: true },
  { name: "settings", to: people },
  { name: "settings-dark", to: people, dark: true },
  { name: "settings-en", to: people, language: "en" },
  { name: "phone", to: owed, phone: true },
  { name: "phone-dark", to: camille, phone: true, dark: true },
  { name: "phone-en", to: owed, phone: true, language: "en" },
  // Last: what is typed stays as a draft.
  { name: "conversation", to: answering },
];
const DOOR = [
  { name: "sign-in" },
  { name: "sign-in-en", language: "en" },
  { name: "sign-in-dark", dark: true },
];

async function owed(page) {
  await page.goto("/owed");
  await page.locator("main").getByRole("link").first().waitFor();
}

async function camille(page, language) {
  await owed(page);
  await row(page, /^Camille Renaud/, language).click();
  await composer(page, language).text.waitFor();
}

async function answering(page) {
  await camille(page);
  const { box, text } = composer(page);
  await text.click();
  await page.keyboard.type(
    "Bonjour Camille, votre remboursement part dans les meilleurs délais. {{ prenom }}",
  );
  await box.getByText("À corriger").waitFor();
  await box.getByText("À vérifier").first().waitFor();
}

async function people(page) {
  await page.goto("/settings/people");
  await page.getByText("marc@maison-lila.example").waitFor();
}

async function take(browser, base, picture, session) {
  const { name, to, language = "fr" } = picture;
  const context = await openContext(browser, base, picture, session);
  const page = await context.newPage();
  if (session) {
    await page.goto("/");
    await changeMe(page, { language });
  }
  if (to) await to(page, language);
  else {
    await page.goto("/");
    await page.getByRole("main").getByRole("button").first().waitFor();
  }
  await page.evaluate(() => document.fonts.ready);
  const path = join(ROOT, "docs/pictures", `${name}.png`);
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
  await context.close();
  const { size } = await stat(path);
  console.log(`docs/pictures/${name}.png  ${Math.round(size / 1000)} kB`);
  if (size > LARGEST) throw new Error(`${name}.png has ${size} bytes, ${LARGEST} at most`);
}

await onFreshDesk(async (browser, base) => {
  for (const picture of FIRST) await take(browser, base, picture);
  const context = await browser.newContext({ baseURL: base, locale: "fr-FR" });
  await exploreDemo(await context.newPage());
  const session = { cookies: await context.cookies(), origins: [] };
  for (const picture of SHOP) await take(browser, base, picture, session);
  for (const picture of DOOR) await take(browser, base, picture);
});
