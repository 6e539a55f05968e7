// Every screen of the desk and the way to it, in any language and at any width:
// for the contact sheet, and for axe. A screen's `to` begins on any page.
import { readFileSync } from "node:fs";

const locales = new URL("../../../web/desk/src/shared/i18n/locales/", import.meta.url);

/** A sentence of the app, as its locale files have it: said("en", "nav", "new_view"). */
export function said(language, file, name) {
  const words = JSON.parse(readFileSync(new URL(`${language}/${file}.json`, locales), "utf8"));
  return name.split(".").reduce((at, part) => at[part], words);
}

/** Waits until nothing on the page still loads, moves or changes its place. */
export async function settled(page) {
  await page
    .locator("[aria-busy=true]")
    .first()
    .waitFor({ state: "detached", timeout: 8000 })
    .catch(() => {});
  await page.evaluate(async () => {
    await document.fonts.ready;
    const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await drawn();
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    await drawn();
  });
  await page.waitForTimeout(150);
}

/** The innermost dialog that is open. */
export const dialog = (page) => page.getByRole("dialog").last();

const button = (page, name) => page.getByRole("button", { name, exact: true });

async function owed(page) {
  await page.goto("/owed");
  await page.locator("main").getByRole("link").first().waitFor();
}

async function open(page, who) {
  await owed(page);
  await page.locator("main").getByRole("link").filter({ hasText: who }).first().click();
  await page.waitForURL(/\/owed\/\d+/);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await settled(page);
}

const at = (path) => async (page) => {
  await page.goto(path);
  await page.locator("main, body").getByRole("heading").first().waitFor();
  await settled(page);
};

/** A dialog that a key opens over a list. */
const opening = (key) => async (page) => {
  await owed(page);
  await settled(page);
  await page.locator("main").getByRole("link").first().focus();
  await page.keyboard.press(key);
  await dialog(page).waitFor();
};

const CAMILLE = "Camille Renaud";

/** Camille's conversation with nothing over it, opened again only when it has to be. */
async function camille(page) {
  const over = page.getByRole("dialog").or(page.getByRole("menu"));
  for (let tries = 0; tries < 3 && (await over.count()); tries++) {
    await page.keyboard.press("Escape");
    await settled(page);
  }
  const row = page.locator("main a[aria-current=true]").filter({ hasText: CAMILLE });
  if ((await over.count()) || !(await row.count())) await open(page, CAMILLE);
  // Out of what was written in: a key acts, and its dialog gives the focus back to the row.
  if (await row.isVisible()) await row.focus();
}

/** What a key asks of that conversation. */
const asking = (key) => async (page) => {
  await camille(page);
  await page.keyboard.press(key);
  await dialog(page).waitFor();
};

async function actions(page, { language }) {
  await camille(page);
  await button(page, said(language, "conversation", "more")).click();
  await page.getByRole("menu").waitFor();
}

const acting = (name) => async (page, variant) => {
  await actions(page, variant);
  await page
    .getByRole("menuitem", { name: said(variant.language, "conversation", name) })
    .first()
    .click();
  await dialog(page).waitFor();
};

async function later(page, { language }) {
  await camille(page);
  await button(page, said(language, "reply", "later")).click();
  await dialog(page).waitFor();
}

// Written into another conversation than the one that is shown as it came.
const WRITTEN = {
  fr: {
    wrong: "Bonjour Thomas, votre remboursement part dans les meilleurs délais. {{ prenom }}",
    good: "Bonjour Thomas, je vous rappelle demain à 10 h au sujet de la topaze.",
  },
  en: {
    wrong: "Dear Thomas, your refund leaves as soon as possible. {{ first_name }}",
    good: "Dear Thomas, I call you back tomorrow at 10 am about the topaz.",
  },
};

async function writing(page, text) {
  await open(page, "Thomas Aubert");
  await page.keyboard.press("r");
  await page.locator("main [contenteditable=true]").first().fill(text);
}

async function findings(page, { language }) {
  await writing(page, WRITTEN[language].wrong);
  const told = page.getByRole("region", { name: said(language, "guard", "title") }).first();
  await told.waitFor();
}

async function slash(page) {
  await writing(page, "");
  await page.keyboard.type("/");
  await page.getByRole("listbox").getByRole("option").first().waitFor();
}

async function facts(page) {
  await writing(page, "");
  await page.keyboard.press("Control+j");
  await page.getByRole("listbox").getByRole("option").first().waitFor();
}

async function note(page) {
  await camille(page);
  await page.keyboard.press("i");
  await page.locator("main textarea").first().waitFor();
}

async function reading(page, { language }) {
  await writing(page, WRITTEN[language].good);
  await page.locator('[data-state="saved"]').waitFor();
  await page.keyboard.press("Control+Shift+Enter");
  await dialog(page).waitFor();
}

async function forward(page, { language }) {
  await open(page, "Inès Belkacem");
  await button(page, said(language, "conversation", "forward"))
    .first()
    .click();
  await page.locator("main input[inputmode=email]").first().waitFor();
}

async function choosing(page, { language }) {
  await owed(page);
  await button(page, said(language, "bulk", "start")).click();
  for (const nth of [0, 1]) await page.locator("main input[type=checkbox]").nth(nth).check();
}

async function savedAnswer(page) {
  await at("/saved-answers")(page);
  await page.locator("main li button, main tr button, main li a").first().click();
  await page.locator("main iframe").waitFor();
}

async function menu(page, { language }) {
  await owed(page);
  await button(page, said(language, "shell", "menu")).click();
  await dialog(page).waitFor();
}

async function newView(page, variant) {
  if (variant.phone) await menu(page, variant);
  else await owed(page);
  await button(page, said(variant.language, "nav", "new_view"))
    .last()
    .click();
  await page.locator("[role=dialog] select").first().waitFor();
}

async function incident(page) {
  await at("/incidents")(page);
  const strike = page.locator("main").getByRole("link");
  await strike
    .filter({ hasText: /Grève|strike/i })
    .first()
    .click();
  await page.waitForURL(/\/incidents\/\d+/);
  await page.locator("main tbody tr").first().waitFor();
}

const inIncident =
  (name) =>
  async (page, { language }) => {
    await incident(page);
    await page
      .getByRole("button", { name: said(language, "incident", name) })
      .first()
      .click();
    await dialog(page).waitFor();
  };

/** The leader's page with each of its parts as a table. */
async function tables(page, { language }) {
  await at("/report")(page);
  for (const it of await button(page, said(language, "report", "table")).all()) await it.click();
  await page.locator("main table").first().scrollIntoViewIfNeeded();
}

async function arranging(page) {
  await at("/report")(page);
  await page.keyboard.press("a");
  await page
    .locator("main [data-block]")
    .first()
    .evaluate((it) => it.scrollIntoView());
}

const inSettings =
  (section, name) =>
  async (page, { language }) => {
    await at(`/settings/${section}`)(page);
    const opens = new RegExp(`^${said(language, "settings", name)}`); // "Modifier", or "Modifier Atelier"
    await page.locator("main").getByRole("button", { name: opens }).first().click();
    await dialog(page).waitFor();
  };

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
      return void (await dialog(page).waitFor());
    }
  }
  throw new Error("no open conversation has a picture");
}

/** Before anybody has signed in, on a fresh desk: one goes on from the other. */
export const FIRST = [
  {
    name: "setup",
    to: (page) => page.goto("/").then(() => page.locator("main").getByRole("button").first().waitFor()),
  },
  {
    name: "setup-shop",
    to: async (page, { language }) => {
      await button(page, said(language, "setup", "own_go")).click();
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
    to: async (page, { language }) => {
      await page.locator("main button[type=submit]").click();
      await button(page, said(language, "setup", "later")).waitFor();
    },
  },
  {
    name: "setup-hours",
    to: async (page, { language }) => {
      await button(page, said(language, "setup", "later")).click();
      await page.locator("main input[type=checkbox]").first().waitFor();
    },
  },
  {
    name: "setup-since",
    to: async (page) => {
      await page.locator("main button[type=submit]").click();
      await page.locator("main dl").waitFor();
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
  "guard",
  "people",
  "teams",
  "labels",
  "inside",
  "api",
];
const LISTS = [
  "mine",
  "unassigned",
  "waiting",
  "scheduled",
  "sent",
  "closed",
  "to_read",
  "sort",
  "courtesy",
  "spam",
  "snoozed",
];

/**
 * In the demo shop. `me` is what the person's own settings are meanwhile; of a
 * `small` screen the sheet shows the dialog alone; `only` one width has it.
 */
export const SHOP = [
  { name: "owed", to: owed },
  { name: "owed-monday", to: owed, me: { list_order: "rank" } },
  { name: "tour", to: owed, me: { tour: "" } },
  { name: "menu", to: menu, only: "phone" },
  { name: "conversation", to: camille },
  { name: "conversation-actions", to: actions },
  { name: "assign", to: asking("a"), small: true },
  { name: "snooze", to: asking("s"), small: true },
  { name: "reason", to: asking("m"), small: true },
  { name: "tags", to: asking("l"), small: true },
  { name: "priority", to: asking("p"), small: true },
  { name: "customer-language", to: asking("v"), small: true },
  { name: "merge", to: asking("g"), small: true },
  { name: "split", to: asking("y"), small: true },
  { name: "link", to: asking("u"), small: true },
  { name: "waive", to: asking("e"), small: true },
  { name: "print", to: asking("Control+p"), small: true },
  { name: "escalate", to: acting("escalate"), small: true },
  { name: "ask-inside", to: asking("q"), small: true },
  { name: "send-later", to: later, small: true },
  { name: "note", to: note },
  { name: "viewer", to: viewer },
  { name: "contact", to: opening("c") },
  { name: "palette", to: opening("Control+k") },
  { name: "keys", to: opening("?") },
  { name: "bulk-bar", to: choosing },
  { name: "view-editor", to: newView },
  { name: "search", to: at("/search?q=bague") },
  { name: "search-none", to: at("/search?q=hippopotame") },
  { name: "saved-answers", to: at("/saved-answers") },
  { name: "saved-answer", to: savedAnswer },
  ...LISTS.map((name) => ({ name, to: at(`/${name}`) })),
  { name: "quarantine", to: at("/quarantine") },
  { name: "outbox", to: at("/outbox") },
  { name: "incidents", to: at("/incidents") },
  { name: "incident", to: incident },
  { name: "incident-answer", to: inIncident("open_it"), small: true },
  { name: "incident-change", to: inIncident("edit"), small: true },
  { name: "incident-add", to: inIncident("add"), small: true },
  { name: "report", to: at("/report") },
  { name: "report-tables", to: tables },
  { name: "report-arrange", to: arranging },
  { name: "audit", to: at("/audit") },
  { name: "notices", to: at("/notices") },
  ...SECTIONS.map((it) => ({ name: `settings-${it}`, to: at(`/settings/${it}`) })),
  { name: "settings-mailbox", to: inSettings("mailboxes", "mailboxes.edit"), small: true },
  { name: "settings-absence", to: inSettings("people", "people.absence"), small: true },
  { name: "settings-team", to: inSettings("teams", "teams.edit_short"), small: true },
  { name: "settings-party", to: inSettings("inside", "inside.edit_short"), small: true },
  { name: "settings-webhook", to: inSettings("api", "webhooks.add"), small: true },
  { name: "not-found", to: at("/owed/999999999") },
  // What is written stays as a draft: after what shows the lists as they are.
  { name: "forward", to: forward },
  { name: "composer-findings", to: findings },
  { name: "slash-picker", to: slash },
  { name: "facts", to: facts },
  { name: "ask-reading", to: reading, small: true },
  { name: "api-reference", to: at("/api") },
  { name: "ask-page", to: asked },
  // The link of a mail sent long ago: a valid one lies only in a morning mail.
  { name: "unsubscribe", to: at("/unsubscribe/1.1.AAAAAAAAAAAAAAAAAAAAAA") },
];

/** Signed out. */
export const DOOR = [
  { name: "sign-in", to: (page) => page.goto("/sign-in") },
  { name: "forgotten", to: (page) => page.goto("/forgotten") },
  { name: "reset", to: (page) => page.goto("/reset?token=one-of-a-mail") },
].map(({ name, to }) => ({
  name,
  to: async (page) => {
    await to(page);
    await page.locator("form").getByRole("button").first().waitFor();
  },
}));
