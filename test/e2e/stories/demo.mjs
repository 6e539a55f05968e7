// A newcomer looks around in the demo shop.
import { check, story } from "./browser.mjs";
import { composer, exploreDemo, list, row } from "./steps.mjs";

await story(async (world) => {
  const page = await world.person("newcomer");
  await exploreDemo(page);
  const clocks = list(page).locator("time");
  for (const state of ["broken", "near", "open"]) {
    check(
      (await clocks.and(page.locator(`[data-state=${state}]`)).count()) > 0,
      `nothing in the list is ${state}`,
    );
  }
  await answerANewMail(page, world);
  await fileThanks(page);
  await setAsideUnreadable(page);
  await neverWaits(page);
  await readLocally(page);
});

async function answerANewMail(page, world) {
  await world.act("demo-write", { start: 1 });
  const mathilde = row(page, "Mathilde Garcin");
  const fresh = page.getByRole("button", { name: /^1 nouvelle$/ });
  await mathilde.or(fresh).first().waitFor();
  if (await fresh.isVisible()) await fresh.click();
  await mathilde.click();
  const { text, send } = composer(page);
  await text.fill("Bonjour Mathilde,\nOui, en or rose, taille 52 : 240 €. Elle serait prête le 18 décembre.");
  await send.click();
  await page
    .getByText(/Envoyé dans \d+\ss/)
    .first()
    .waitFor();
}

async function fileThanks(page) {
  await page.getByRole("link", { name: "Politesses" }).click();
  await page.getByRole("button", { name: /^Classer (les|ce) / }).click();
  const nothing = page.getByText("Pas de remerciement en attente");
  await nothing.waitFor();
  await page
    .getByText(/\d+ remerciements? classés?/)
    .first()
    .waitFor();
}

async function setAsideUnreadable(page) {
  await page.getByRole("link", { name: "Mails illisibles" }).click();
  await page.getByRole("button", { name: "Voir tel qu’arrivé" }).click();
  const raw = page.getByRole("region", { name: "Voir tel qu’arrivé" });
  check((await raw.textContent()).trim().length > 0, "the unreadable mail is shown as nothing");
  await page.getByRole("button", { name: "Mettre de côté" }).click();
  await page.getByLabel("Pourquoi").fill("Envoi coupé par la messagerie, la cliente a réécrit.");
  await page.getByRole("button", { name: "Mettre de côté" }).last().click();
  await page.getByText("Tous les mails se lisent").waitFor();
}

async function neverWaits(page) {
  await page.getByRole("link", { name: "À trier" }).click();
  const rows = page.getByRole("region", { name: "À trier" }).getByRole("link");
  await rows.first().waitFor();
  const before = await rows.count();
  await rows.first().click();
  await page.getByRole("button", { name: "Autres actions" }).click();
  await page.getByRole("menuitem", { name: "Cet expéditeur n’attend jamais de réponse" }).click();
  await page.getByText("Noté : cet expéditeur n’attend jamais de réponse").waitFor();
  await rows.nth(before - 1).waitFor({ state: "detached" });
}

async function readLocally(page) {
  await page.getByRole("link", { name: "Envois" }).click();
  await page.getByText("Dans la démonstration, aucun mail ne part").waitFor();
  const mail = page.getByRole("listitem").filter({ hasText: "mathilde.garcin@courriel.example" });
  const answer = mail.filter({ hasText: "240 €" });
  await answer.getByText("Local : rien n’est parti").waitFor();
  await answer.getByText("Lire").click();
  await answer.getByText("Oui, en or rose").waitFor();
}
