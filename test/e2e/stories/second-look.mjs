// The guard stops an answer and its author disagrees: she says so by the
// keyboard, sends it with a reason; whoever runs the house reads why, judges, and
// puts back a rule that had stepped back.
import { check, story } from "./browser.mjs";
import { composer, exploreDemo, list } from "./steps.mjs";

const WHY = "Le certificat voyage dans l’écrin.";

await story(async (world) => {
  const page = await world.person("owner");
  await exploreDemo(page);
  await passesAStop(page);
  await readsWhy(page);
  await judges(page);
  await restores(page);
});

async function passesAStop(page) {
  await list(page).getByRole("link").filter({ hasText: "Théo Marchand" }).click();
  const { box, text, send } = composer(page);
  await text.fill(
    "Bonjour Théo,\n\nVotre bague repart le 04/12/2026, avec son certificat en pièce jointe, sous le ruban.",
  );
  const findings = box.getByRole("region", { name: "Relecture" });
  await findings.getByText("en pièce jointe").waitFor();
  await text.press("Alt+Backspace");
  await findings.getByText("Signalée, elle reste à passer").waitFor();
  await send.click();
  await findings.getByLabel("Pourquoi envoyer quand même").fill(WHY);
  await page.keyboard.press("Enter");
  await page
    .getByText(/Envoyé dans \d+\ss/)
    .first()
    .waitFor();
}

/** From anywhere, by the palette. */
async function readsWhy(page) {
  await page.locator("body").click({ position: { x: 2, y: 2 } });
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("Réglages relecture");
  await page.getByRole("option", { name: /^Réglages.*Relecture/ }).click();
  const passed = page.getByRole("region", { name: "Envoyées quand même" });
  await passed.getByRole("listitem").nth(2).waitFor();
  const newest = passed.getByRole("listitem").first();
  check((await newest.textContent()).includes(WHY), "the newest reason isn't hers");
  await newest.getByText("Pièce jointe oubliée").waitFor();
  await newest.getByRole("link", { name: "Bague bloquée au dépôt" }).click();
  await page.getByText(`Passé outre : ${WHY}`).waitFor();
  await page.goBack();
}

/** F: the rule was wrong; the next one takes its place. */
async function judges(page) {
  const alarms = page.getByRole("region", { name: "Fausses alertes" });
  const open = alarms.getByRole("button", { name: /^Fausse alerte/, pressed: false });
  const next = alarms.getByRole("listitem").first();
  await next.getByText("Pièce jointe oubliée").waitFor();
  await next.getByText("Bague bloquée au dépôt").waitFor();
  const before = await open.count();
  await page.keyboard.press("f");
  await alarms
    .getByRole("button", { name: /^✓ Fausse alerte/ })
    .first()
    .waitFor();
  check((await open.count()) === before - 1, "another number was judged");
}

async function restores(page) {
  const rules = page.getByRole("region", { name: "Règles de relecture" });
  const back = rules.getByRole("status").filter({ hasText: "La règle Lien mort s’est retirée" });
  await back.waitFor();
  await rules.getByRole("button", { name: /Rétablir Lien mort/ }).press("Enter");
  await back.waitFor({ state: "detached" });
}
