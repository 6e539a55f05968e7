// On a phone: the list, a conversation, an answer, and back.
import { check, story } from "./browser.mjs";
import { composer, exploreDemo, list } from "./steps.mjs";

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

await story(async (world) => {
  const page = await world.person("phone", PHONE);
  await exploreDemo(page);
  await fits(page, "the list");
  const first = list(page).getByRole("link").first();
  await first.tap();
  const back = page.getByRole("button", { name: "Revenir à la liste" });
  await back.waitFor();
  await list(page).waitFor({ state: "hidden" });
  await fits(page, "a conversation");

  const { text, send } = composer(page);
  await text.tap();
  await page.keyboard.type("Bonjour, votre colis part le 30/11/2026.");
  await inSight(send, "the button that sends");
  await fits(page, "the composer");
  await send.tap();
  await page
    .getByText(/Envoyé dans \d+\ss/)
    .first()
    .waitFor();
  await back.tap();
  await list(page).waitFor();

  await page.getByRole("button", { name: "Menu" }).tap();
  await page.getByRole("dialog").getByRole("link", { name: "Politesses" }).tap();
  await page.getByRole("region", { name: "Politesses" }).waitFor();
  await page.getByRole("button", { name: "Menu" }).tap();
  await page.getByRole("dialog").getByRole("button", { name: "Noter un contact" }).tap();
  await page.getByRole("dialog", { name: "Noter un contact" }).getByLabel("Ce qui a été dit").waitFor();
  await fits(page, "the contact dialog");
});

async function fits(page, what) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(wide <= PHONE.viewport.width, `${what} is ${wide} px wide on a phone of ${PHONE.viewport.width}`);
}

async function inSight(element, what) {
  const box = await element.boundingBox();
  const { width, height } = PHONE.viewport;
  check(
    box && box.y >= 0 && box.y + box.height <= height && box.x + box.width <= width,
    `${what} is out of sight: ${JSON.stringify(box)}`,
  );
  check(box.height >= 40, `${what} is ${box.height} px high: too small for a thumb`);
}
