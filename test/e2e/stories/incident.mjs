// A strike: the demo shop's lead answers eight customers by one text, by
// keyboard where there is a key for it.
import { check, story } from "./browser.mjs";
import { exploreDemo, list } from "./steps.mjs";

await story(async (world) => {
  const page = await world.person("lead");
  await exploreDemo(page);
  await page.getByRole("link", { name: "Incidents", exact: true }).click();
  await page.getByRole("link", { name: /Grève du transporteur/ }).click();
  await page.getByText("5 prêtes · 2 arrêtées · 1 écartée").waitFor();
  await mendsOneAlone(page);
  await addsWhoIsSuggested(page);
  await sends(page);
  await findsItFromTheList(page);
});

/** Whoever gave no name is written to without one. */
async function mendsOneAlone(page) {
  const line = page.getByRole("row").filter({ hasText: "j.m.1958@boite.example" });
  await line.getByText(/La relecture l’arrête/).waitFor();
  await line.getByRole("button", { name: "Lire, modifier" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("À corriger").waitFor();
  const text = dialog.getByRole("textbox");
  await text.fill(
    "Bonjour,\n\nUne grève retient votre colis ; il repart dès la reprise, le 04/12/2026 au plus tard.",
  );
  await dialog.getByRole("button", { name: "Garder ce texte pour cette demande" }).click();
  await page.getByText("6 prêtes · 1 arrêtée · 1 écartée").waitFor();
}

async function addsWhoIsSuggested(page) {
  const suggested = page.getByRole("region", { name: "Peut-être concernées" });
  await suggested.getByText("Théo Marchand").waitFor();
  await suggested
    .getByRole("listitem")
    .filter({ hasText: "Théo Marchand" })
    .getByRole("button", { name: "Ajouter" })
    .click();
  await page.getByText("7 prêtes · 1 arrêtée · 1 écartée").waitFor();
}

async function sends(page) {
  await page.keyboard.press("Control+Enter");
  await page.getByText(/\d sur 7 envoyées/).waitFor();
  await page.keyboard.press("p");
  await page.getByText(/En pause/).waitFor();
  await page.keyboard.press("p");
  await page.getByText("1 arrêtée · 1 écartée · 7 envoyées").waitFor({ timeout: 90_000 });
  const last = page.getByRole("row").filter({ hasText: "Locale : rien n’est parti" });
  await last.nth(6).waitFor({ timeout: 60_000 });
  check(
    (await page.getByRole("row").filter({ hasText: "Emily Carter" }).getByText("Arrêtée").count()) === 1,
    "Emily was written to in French",
  );
}

/** Two more, ticked in the list, join a new incident. */
async function findsItFromTheList(page) {
  await page.getByRole("link", { name: /^À répondre/ }).click();
  await list(page).getByRole("link").first().waitFor();
  for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
  await page.getByText("2 choisies").waitFor();
  await page.getByRole("button", { name: "Incident", exact: true }).click();
  await page.getByRole("menuitem", { name: "Nouvel incident…" }).click();
  await page.getByLabel("Nom").fill("Lot de fermoirs défectueux");
  await page.getByRole("dialog").getByRole("button", { name: "Ouvrir un incident" }).click();
  await page.getByRole("heading", { name: "Lot de fermoirs défectueux" }).waitFor();
  await page.getByText("2 demandes").first().waitFor();
}
