// Every screen of the desk and the way to it, in any language and at any width:
// for the contact sheet, and for axe. A screen's `to` begins on any page.
import { readFileSync } from "node:fs";

const locales = new URL("../../../web/desk/src/shared/i18n/locales/", import.meta.url);

/** A sentence of the app, as its locale files have it: said("en", "nav", "new_view"). */
export function said(language, file, name) {
  const words = JSON.parse(readFileSync(new URL(`${language}/${file}.json`, locales), "utf8"));
  return name.split(".").reduce((at, part) => at[part], words);
}

/** Waits until nothing on the page still loads. */
export async function settled(page) {
  await page
    .locator("[aria-busy=true]")
    .first()
    .waitFor({ state: "detached", timeout: 8000 })
    .catch(() => {});
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(200);
}

async function owed(page) {
  await page.goto("/owed");
  await page.locator("main").getByRole("link").first().waitFor();
}

async function open(page, who, text = false) {
  await owed(page);
  await page.locator("main").getByRole("link").filter({ hasText: who }).first().click();
  await page.waitForURL(/\/owed\/\d+/);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await settled(page);
  if (text === false) return;
  await page.keyboard.press("r");
  await page.locator("main [contenteditable=true]").first().fill(text);
}

const WRONG = {
  fr: "Bonjour Camille, votre remboursement part dans les meilleurs délais. {{ prenom }}",
  en: "Dear Camille, your refund leaves as soon as possible. {{ first_name }}",
};
const GOOD = {
  fr: "Bonjour Camille, je demande au transporteur où est votre colis.",
  en: "Dear Camille, I am asking the carrier where your parcel is.",
};

const at = (path) => async (page) => {
  await page.goto(path);
  await page.locator("main, body").getByRole("heading").first().waitFor();
};
const opening = (key) => async (page) => {
  await owed(page);
  await settled(page);
  await page.keyboard.press(key);
  await page.getByRole("dialog").waitFor();
};

async function choosing(page, { language }) {
  await owed(page);
  await page.getByRole("button", { name: said(language, "bulk", "start") }).click();
  for (const at of [0, 1]) await page.locator("main input[type=checkbox]").nth(at).check();
}

async function savedAnswer(page) {
  await at("/saved-answers")(page);
  await settled(page);
  await page.locator("main li button, main tr button, main li a").first().click();
}

async function newView(page, { language, phone }) {
  await owed(page);
  if (phone) await page.getByRole("button", { name: said(language, "shell", "menu"), exact: true }).click();
  await page
    .getByRole("button", { name: said(language, "nav", "new_view") })
    .last()
    .click();
  await page.getByRole("dialog").last().waitFor();
}

async function incident(page) {
  await at("/incidents")(page);
  await page
    .locator("main")
    .getByRole("link")
    .filter({ hasText: /Grève|strike/i })
    .first()
    .click();
  await page.waitForURL(/\/incidents\/\d+/);
}

/** The page of somebody inside: the link lies in a mail that the demo shop sent. */
async function asked(page) {
  await page.goto("/outbox");
  const { items } = await (await page.request.get("/api/v1/outbox?limit=100")).json();
  for (const { delivery } of items) {
    const raw = await (await page.request.get(`/api/v1/outbox/${delivery.id}/raw`)).text();
    const link = /\/ask\/[\w-]{43}/.exec(raw.replace(/=\r?\n/g, ""));
    if (link) return void (await page.goto(link[0]));
  }
  throw new Error("no mail of the demo shop asks anybody inside");
}

async function viewer(page) {
  const { items } = await (await page.request.get("/api/v1/conversations?view=owed&limit=100")).json();
  for (const { id } of items) {
    await page.goto(`/owed/${id}`);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await settled(page);
    const picture = page.locator("article button:has(img)").first();
    if (await picture.count()) {
      await picture.click();
      return void (await page.getByRole("dialog").waitFor());
    }
  }
  throw new Error("no open conversation has a picture");
}

/** Before anybody has signed in, on a fresh desk: one goes on from the other. */
export const FIRST = [
  { name: "setup", to: (page) => page.goto("/") },
  {
    name: "setup-shop",
    to: async (page, { language }) => {
      await page.getByRole("button", { name: said(language, "setup", "own_go"), exact: true }).click();
      await page.locator("main input").first().fill("Maison Lila");
    },
  },
  {
    name: "setup-person",
    to: async (page) => {
      await page.locator("main button[type=submit]").click();
      await page.locator("main input[type=email]").first().fill("veronica@maison-lila.example");
      await page.locator("main input").first().fill("Véronica Lambert");
      await page.locator("main input[type=password]").first().fill("une phrase assez longue");
    },
  },
  {
    name: "setup-mailbox",
    to: async (page) => {
      await page.locator("main button[type=submit]").click();
      await page.locator("main input[type=password]").first().waitFor({ state: "attached" });
    },
  },
  {
    name: "setup-hours",
    to: async (page, { language }) => {
      await page.getByRole("button", { name: said(language, "setup", "later"), exact: true }).click();
      await page.locator("main input[type=checkbox]").first().waitFor();
    },
  },
];

const SECTIONS = [
  "account",
  "notifications",
  "shop",
  "mailboxes",
  "hours",
  "words",
  "people",
  "teams",
  "labels",
  "inside",
  "api",
];

/** In the demo shop. `me` is what the person's own settings are meanwhile. */
export const SHOP = [
  { name: "owed", to: owed },
  { name: "owed-monday", to: owed, me: { list_order: "rank" } },
  { name: "tour", to: owed, me: { tour: "" } },
  { name: "conversation", to: (page) => open(page, "Camille Renaud") },
  {
    name: "composer-findings",
    to: async (page, { language }) => {
      await open(page, "Camille Renaud", WRONG[language]);
      await page
        .getByRole("region", { name: said(language, "guard", "title") })
        .first()
        .waitFor();
    },
  },
  {
    name: "slash-picker",
    to: async (page) => {
      await open(page, "Camille Renaud", "");
      await page.keyboard.type("/");
      await page.getByRole("listbox").first().waitFor();
    },
  },
  {
    name: "ask-reading",
    to: async (page, { language }) => {
      await open(page, "Camille Renaud", GOOD[language]);
      await page.waitForTimeout(800);
      await page.keyboard.press("Control+Shift+Enter");
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "ask-inside",
    to: async (page) => {
      await open(page, "Camille Renaud");
      await page.keyboard.press("q");
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "viewer", to: viewer },
  { name: "contact", to: opening("c") },
  { name: "palette", to: opening("Control+k") },
  { name: "keys", to: opening("?") },
  { name: "bulk-bar", to: choosing },
  { name: "view-editor", to: newView },
  { name: "search", to: at("/search?q=bague") },
  { name: "saved-answers", to: at("/saved-answers") },
  { name: "saved-answer", to: savedAnswer },
  ...["to_read", "sort", "courtesy", "spam", "snoozed"].map((name) => ({ name, to: at(`/${name}`) })),
  { name: "quarantine", to: at("/quarantine") },
  { name: "outbox", to: at("/outbox") },
  { name: "incidents", to: at("/incidents") },
  { name: "incident", to: incident },
  { name: "report", to: at("/report") },
  { name: "audit", to: at("/audit") },
  { name: "notices", to: at("/notices") },
  ...SECTIONS.map((it) => ({ name: `settings-${it}`, to: at(`/settings/${it}`) })),
  { name: "api-reference", to: at("/api") },
  { name: "ask-page", to: asked },
  // The link of a mail sent long ago: a valid one lies only in a morning mail.
  { name: "unsubscribe", to: at("/unsubscribe/1.1.AAAAAAAAAAAAAAAAAAAAAA") },
];

/** Signed out. */
export const DOOR = [
  { name: "sign-in", to: (page) => page.goto("/sign-in") },
  { name: "forgotten", to: (page) => page.goto("/forgotten") },
];
