// The texts that are written once: found, changed with what is done beside them,
// read as a customer would; then used, and what they propose is done.
import { check, story } from "./browser.mjs";
import { composer, exploreDemo, list } from "./steps.mjs";

await story(async (world) => {
  const page = await world.person("owner");
  await exploreDemo(page);
  await page.getByRole("link", { name: "Réponses types" }).click();
  await page.getByText("jamais utilisée").first().waitFor();
  check((await page.getByText("utilisée 0 fois").count()) === 0, "something was used 0 times");
  await writes(page);
  await uses(page);
});

async function writes(page) {
  await page.getByRole("button", { name: "Nouvelle réponse type" }).click();
  await page.getByLabel("Titre").fill("Grève en cours");
  await page.getByLabel("Raccourci").fill("greve");
  await page.getByLabel("Tenue à jour par").selectOption({ label: "Marc Petit" });
  await page.getByLabel("À relire le").fill("2027-06-01");
  await page.getByLabel("Étiquettes").fill("retard transporteur");
  await page.getByLabel("Confier à").selectOption({ label: "Sofia Haddad" });
  await page.getByLabel("Puis", { exact: true }).selectOption("wait");
  await page.getByRole("textbox", { name: "Texte de la réponse" }).click();
  await page.keyboard.type("{{greeting}} Une grève retient votre commande {{order.number}}. {{ rien }}");
  const preview = page.frameLocator("iframe");
  await preview.getByText(/Bonjour Camille Renaud/).waitFor();
  await preview.getByText(/commande 20418/).waitFor();
  await page.getByText(/À remplir à la main/).waitFor();
  for (let i = 0; i < "{{ rien }}".length; i++) await page.keyboard.press("Backspace");
  await page.getByText(/À remplir à la main/).waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByText("Enregistré").first().waitFor();
  await page.getByRole("button", { name: "Toutes les réponses types" }).click();
  await page.getByText(/jamais utilisée · Marc Petit/).waitFor();
}

async function uses(page) {
  await page.getByRole("link", { name: /^À répondre/ }).click();
  await list(page).getByRole("link").filter({ hasText: "Théo Marchand" }).click();
  const { box, text, send } = composer(page);
  await text.click();
  await page.keyboard.type("/greve");
  await page.getByText("Grève en cours").first().waitFor();
  await page.keyboard.press("Enter");
  await box.getByText("étiqueter retard transporteur").waitFor();
  await box.getByText("confier à Sofia Haddad").waitFor();
  await text.fill("Bonjour Théo,\n\nLa grève retient votre bague ; elle repart le 04/12/2026 au plus tard.");
  await send.click();
  await page
    .getByText(/Envoyé dans \d+\ss/)
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Annuler" }).first().click();
  await box.getByText("étiqueter retard transporteur").waitFor();
  await send.click();
  await page
    .getByText(/Envoyé dans \d+\ss/)
    .first()
    .waitFor();
  await page.getByText(/attendre le client/).waitFor();
}
