// An agent's hour without a mouse: each step by its key. After each one the
// keyboard stands somewhere, where the eye can see it.
import { check, story, until } from "./browser.mjs";
import { composer, list } from "./steps.mjs";

await story(async (world) => {
  const page = await world.person("agent");
  const desk = {
    page,
    press: (...keys) => inTurn(keys, (key) => page.keyboard.press(key)),
    type: (words) => page.keyboard.type(words),
    held: (step) => held(page, step),
  };
  await enters(desk);
  await anotherOrder(desk);
  await reads(desk);
  await writes(desk);
  await mends(desk);
  await sends(desk);
  await files(desk);
  await notes(desk);
  await putsOff(desk);
  await actsOnSeveral(desk);
  await searches(desk);
  await looksUpKeys(desk);
  await inEnglish(desk);
  await settings(desk);
});

async function inTurn(all, act) {
  for (const one of all) await act(one);
}

/** Once the page rests: what takes the next key is there to see. */
async function held(page, step) {
  let seen = "";
  await until(
    async () => {
      seen = await page.evaluate(focusOnScreen);
      return seen.startsWith("held");
    },
    () => `after ${step} the keyboard stands nowhere to be seen: ${seen}`,
  );
  return seen;
}

/** In the page: "held …", or what is wrong with where the focus is. */
function focusOnScreen() {
  const at = document.activeElement;
  const said = `${at?.tagName} ${at?.getAttribute("aria-label") ?? at?.textContent?.slice(0, 60) ?? ""}`;
  if (!at || at === document.body || at === document.documentElement) return "on nothing";
  if (at.matches("main")) return "on the page as a whole";
  const { left, top, right, bottom } = at.getBoundingClientRect();
  if (right - left < 2 || bottom - top < 2) return `too small: ${said}`;
  if (bottom < 0 || right < 0 || top > innerHeight || left > innerWidth) return `out of sight: ${said}`;
  // In a text the caret is seen, in a menu the line that is lit.
  if (at.matches("input:not([type=checkbox]),textarea,[contenteditable=true],[data-highlighted]"))
    return `held: ${said}`;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
  const ring = outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
  return ring || boxShadow !== "none" ? `held: ${said}` : `without a ring: ${said}`;
}

/** Tab by Tab, as somebody without a mouse has to. */
async function tabTo({ page }, target) {
  await target.waitFor();
  for (let i = 0; i < 120; i++) {
    if (await target.evaluate((it) => it === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab doesn't come to ${target}`);
}

/** The dialog that was opened has taken the keyboard. */
async function dialogHas({ page, held }, step) {
  await page.locator("[role=dialog] :focus").waitFor();
  await held(step);
}

/** The words of the conversation that is open. */
function words(page) {
  return page.locator(`[data-landing="${/\d+$/.exec(new URL(page.url()).pathname)?.[0]}"]`);
}

/** The keyboard arrives at what is read; the tab of the browser has its name. */
async function arrivesInConversation({ page, held }, step) {
  await page.waitForURL(/\/\d+$/);
  await until(
    () => words(page).evaluate((it) => it === document.activeElement),
    `after ${step} the keyboard is not at the conversation`,
  );
  await held(step);
  const name = await words(page).getAttribute("aria-label");
  await until(
    async () => (await page.title()).startsWith(name),
    `after ${step} the tab isn't called "${name}"`,
  );
}

async function enters(desk) {
  const { page } = desk;
  await page.goto("/");
  await tabTo(desk, page.getByRole("button", { name: "Explorer la démonstration" }));
  await desk.held("Tab");
  await desk.press("Enter");
  // Weeks of the shop's life pass through the real intake.
  await list(page).getByRole("link").first().waitFor({ timeout: 90_000 });
  const at = await desk.held("coming in");
  check(at.includes("À répondre"), `coming in, the keyboard stands at ${at}`);
  check((await page.title()).startsWith("À répondre · "), `the list's tab is called ${await page.title()}`);
}

async function anotherOrder(desk) {
  const order = list(desk.page).getByRole("heading", { level: 1 }).getByRole("button");
  await tabTo(desk, order);
  const before = await order.textContent();
  await desk.press("Enter");
  await until(async () => (await order.textContent()) !== before, "the order stayed");
  await desk.held("another order");
  await palette(desk, "ordre", /^(Passer à|Revenir à) l’ordre/);
  await until(async () => (await order.textContent()) === before, "the order doesn't come back");
  await desk.held("the order by the palette");
}

/** What is typed, and by the arrows to what is offered for it. */
async function palette(desk, typed, wanted) {
  const { page } = desk;
  await desk.press("Control+k");
  await dialogHas(desk, "the palette");
  await desk.type(typed);
  await page.getByRole("option", { name: wanted }).first().waitFor();
  const chosen = page.getByRole("option", { name: wanted, selected: true });
  for (let i = 0; i < 20 && (await chosen.count()) === 0; i++) await desk.press("ArrowDown");
  await desk.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

async function reads(desk) {
  const { page } = desk;
  await desk.press("j");
  await arrivesInConversation(desk, "J");
  const first = page.url();
  await desk.press("j");
  await page.waitForURL((url) => url.href !== first);
  await arrivesInConversation(desk, "another J");
  await desk.press("k");
  await page.waitForURL(first);
  await arrivesInConversation(desk, "K");
  // Back to the row that was left, and into it again.
  await desk.press("Escape");
  await page.waitForURL(/\/owed$/);
  const id = /\d+$/.exec(first)?.[0];
  await until(
    () => page.locator(`[data-conversation="${id}"] a`).evaluate((it) => it === document.activeElement),
    "Escape doesn't go back to the row",
  );
  await desk.held("Escape");
  await desk.press("Enter");
  await arrivesInConversation(desk, "Enter on a row");
}

/** A saved answer, and what it couldn't fill in. */
async function writes(desk) {
  const { page } = desk;
  const { text } = composer(page);
  await desk.press("r");
  await text.and(page.locator(":focus")).waitFor();
  await desk.type("/retard");
  await page.getByRole("option").filter({ hasText: "Colis en retard" }).waitFor();
  await desk.press("Enter");
  await text.getByText("où se trouve le colis").waitFor();
  const holes = page.locator(".hole");
  const selected = () => page.evaluate(() => getSelection()?.toString() ?? "");
  await until(async () => (await selected()).startsWith("{{"), "the first hole is not chosen");
  for (let left = await holes.count(); left > 0; left--) {
    await until(async () => (await selected()).startsWith("{{"), "Tab doesn't go to the next hole");
    await desk.type("ce qui manquait");
    await until(async () => (await holes.count()) === left - 1, "the hole stayed");
    if (left > 1) await desk.press("Tab");
  }
  await desk.held("filling in");
}

/** What the guard found: its fix is taken, the next is called a false alarm, by key and by palette. */
async function mends(desk) {
  const { page } = desk;
  const { text } = composer(page);
  const finding = page.getByRole("region", { name: "Relecture" });
  const alarms = finding.getByRole("button", { name: "Fausse alerte" });
  await desk.press("Control+End");
  await desk.type(" Nous vous rappelons dans les meilleurs délais.");
  await finding.getByText("dans les meilleurs délais").waitFor();
  await finding.getByText("Alt ↵").waitFor();
  await desk.press("Alt+Enter");
  await text.getByText("dans les meilleurs délais").waitFor({ state: "detached" });
  await desk.held("the fix");
  for (const [words, act] of [
    [" Nous vous écrivons sous peu.", () => desk.press("Alt+Backspace")],
    [" Nous vous appelons sans tarder.", () => palette(desk, "fausse alerte", /^Signaler une fausse alerte/)],
  ]) {
    await desk.press("Control+End");
    await desk.type(words);
    await finding.getByText(words.trim().split(" ").slice(-2).join(" ").replace(".", "")).waitFor();
    const before = await alarms.count();
    await act();
    await until(async () => (await alarms.count()) === before - 1, "the false alarm is told again");
    check((await text.textContent()).includes(words.trim()), "a false alarm took the words away");
    await desk.held("the false alarm");
  }
}

async function sends(desk) {
  const { page } = desk;
  const { box, text } = composer(page);
  const sent = page.getByText(/Envoyé dans \d+\ss/).first();
  await box.getByText("brouillon enregistré").waitFor();
  await desk.press("Control+Enter");
  await sent.waitFor();
  await arrivesInConversation(desk, "sending");
  await desk.press("z");
  await text.getByText("sans tarder").waitFor();
  await desk.held("taking it back");
  // Out of the text and into it again: letters act where nothing is written.
  await desk.press("Escape", "r", "Control+Enter");
  await sent.waitFor();
  const before = page.url();
  await desk.press("n");
  await page.waitForURL((url) => url.href !== before);
  await arrivesInConversation(desk, "next");
}

/** Whom it is given to, its tags and its reason. */
async function files(desk) {
  const { page } = desk;
  const dialog = page.getByRole("dialog");
  await desk.press("a");
  await dialogHas(desk, "A");
  await desk.type("Marc");
  await desk.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await page
    .getByText(/Confiée? à Marc/)
    .first()
    .waitFor();
  await arrivesInConversation(desk, "assigning");

  await desk.press("l");
  await dialogHas(desk, "L");
  await desk.type("à graver");
  await desk.press("Enter");
  await dialog.getByRole("list", { name: "Étiquettes" }).getByText("à graver").waitFor();
  await desk.held("tagging");
  await desk.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await arrivesInConversation(desk, "the tags");

  await desk.press("m");
  const reason = dialog.getByLabel("Motif");
  await reason.and(page.locator(":focus")).waitFor();
  const before = await reason.inputValue();
  await desk.press("ArrowDown");
  await until(async () => (await reason.inputValue()) !== before, "the reason stayed");
  await desk.held("the reason");
  await desk.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await arrivesInConversation(desk, "the reason");
}

async function notes(desk) {
  const { page } = desk;
  await desk.press("i");
  await page.getByRole("textbox", { name: "Note interne" }).and(page.locator(":focus")).waitFor();
  await desk.type("@Mar");
  await page.getByRole("option", { name: /Marc/ }).waitFor();
  await desk.press("Enter");
  await desk.type("la bague est à graver");
  await desk.press("Control+Enter");
  await page.getByRole("article").getByText("@Marc Petit la bague est à graver").waitFor();
  await arrivesInConversation(desk, "the note");
}

/** Not past what is due, which is said; the one that was answered can wait, and the desk goes on by itself. */
async function putsOff(desk) {
  const { page } = desk;
  const dialog = page.getByRole("dialog");
  const inTwoHours = dialog.getByRole("button", { name: "dans 2 h" });
  await desk.press("s");
  await dialogHas(desk, "S");
  await tabTo(desk, inTwoHours);
  await desk.press("Enter");
  await dialog.getByText("L’échéance tombe avant ce moment").waitFor();
  await desk.held("what can't be put off");
  await desk.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await arrivesInConversation(desk, "what can't be put off");
  const before = page.url();
  await desk.press("k");
  await page.waitForURL((url) => url.href !== before);
  await arrivesInConversation(desk, "K to the one that was answered");
  // Its answer has left by now, and nothing is late any more.
  const late = page.locator("[data-conversation]:has([aria-current]) time[data-state=broken]");
  await late.waitFor({ state: "detached" });
  const answered = page.url();
  await desk.press("s");
  await inTwoHours.and(page.locator(":focus")).waitFor();
  await desk.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await page.waitForURL((url) => url.href !== answered);
  await arrivesInConversation(desk, "snoozing");
}

async function actsOnSeveral(desk) {
  const { page } = desk;
  const bar = page.getByRole("region", { name: "Agir sur plusieurs demandes" });
  await desk.press("Escape");
  await page.waitForURL(/\/owed$/);
  await desk.held("back in the list");
  // By quick hands, up from the end of the list and down again.
  for (const key of ["k", "j"]) {
    await desk.press("x", key, "x", key, "x");
    await bar.getByText("3 choisies").waitFor();
    await desk.held(`choosing by ${key}`);
    await desk.press("Escape");
    await bar.waitFor({ state: "detached" });
    await desk.held("choosing no more");
  }
  await desk.press("x", "k", "x");
  await bar.getByText("2 choisies").waitFor();
  await desk.press("l");
  await dialogHas(desk, "L on several");
  await desk.type("salon de novembre");
  await desk.press("Enter");
  await page.getByText("2 faites").waitFor();
  await bar.waitFor({ state: "detached" });
  const tagged = list(page).getByRole("link").filter({ hasText: "salon de novembre" });
  await until(async () => (await tagged.count()) === 2, "the tag is not on the two rows");
  await desk.held("acting on two");
  await desk.press("z");
  await until(async () => (await tagged.count()) === 0, "the tag was not taken back");
  await desk.held("taking it back from two");
}

async function searches(desk) {
  const { page } = desk;
  await palette(desk, "est:en-retard", /^Rechercher/);
  await page.waitForURL(/\/search\?/);
  await page.getByText(/demandes? trouvées?/).waitFor();
  const at = await desk.held("a search");
  check(/trouvée/.test(at), `after a search the keyboard stands at ${at}`);
  await desk.press("j");
  await page.locator("[data-result]").first().and(page.locator(":focus")).waitFor();
  await desk.held("a hit");
  await desk.press("Enter");
  await arrivesInConversation(desk, "opening a hit");
}

async function looksUpKeys(desk) {
  const { page } = desk;
  await desk.press("?");
  const sheet = page.getByRole("dialog", { name: "Raccourcis clavier" });
  await sheet.waitFor();
  await dialogHas(desk, "?");
  await desk.type("fausse");
  await sheet.getByText("Signaler une fausse alerte").waitFor();
  await desk.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await arrivesInConversation(desk, "the sheet of keys");
}

async function inEnglish(desk) {
  const { page } = desk;
  await palette(desk, "english", /^Switch to English/);
  await page.locator("html[lang=en]").waitFor({ state: "attached" });
  await page.getByRole("button", { name: /^Private note/ }).waitFor();
  await arrivesInConversation(desk, "another language");
}

async function settings(desk) {
  const { page } = desk;
  await palette(desk, "settings account", /^Settings.*account/);
  await page.waitForURL(/\/settings\/account$/);
  const heading = page.getByRole("heading", { level: 1, name: "Settings" });
  await heading.and(page.locator(":focus")).waitFor();
  await desk.held("the settings");
  await tabTo(desk, page.getByRole("navigation", { name: "Settings" }).getByRole("link").nth(1));
  await desk.press("Enter");
  await page.waitForURL(/\/settings\/notifications$/);
  await desk.held("another part of the settings");
  check(
    (await page.title()).startsWith("Notifications · Settings"),
    `the tab is called ${await page.title()}`,
  );
  await palette(desk, "go to answer", /^Go to.*To answer$/);
  await page.waitForURL(/\/owed$/);
  const at = await desk.held("leaving the settings");
  check(at.includes("To answer"), `having left the settings, the keyboard stands at ${at}`);
}
