// While Véronica writes, Camille writes again: the answer waits until that is read.
import { check, story } from "./browser.mjs";
import { composer, row, signIn } from "./steps.mjs";

const camille = (id, text, answers = "") => ({
  from: "Camille Renaud <camille@client.example>",
  subject: "Taille de ma bague",
  id: `taille-${id}@client.example`,
  answers: answers && `taille-${answers}@client.example`,
  text,
});

await story(async (world) => {
  const page = await world.person("veronica");
  await signIn(page, world);
  await world.act("write", camille(1, "Bonjour,\n\nPouvez-vous m’envoyer la taille 52 ?\n\nCamille"));
  await row(page, "Camille Renaud").click();

  const { box, text, send } = composer(page);
  await text.click();
  await page.keyboard.type("Bonjour Camille, la taille 52 part ce soir.");
  await box.getByText("brouillon enregistré").waitFor();

  await world.act("write", camille(2, "Pardon, je me suis trompée : c’est la taille 54.\n\nCamille", 1));
  await box.getByText("Camille Renaud vient d’écrire : relire avant d’envoyer.").waitFor();
  await page.getByRole("article", { name: "Camille Renaud" }).getByText("c’est la taille 54").waitFor();
  check(await send.isDisabled(), "the answer could leave before Camille's second mail was read");
  await text.click();
  await page.keyboard.press("Control+Enter");
  check((await page.getByText(/Envoyé dans/).count()) === 0, "the keyboard sent what the button refused");

  await page.keyboard.press("Control+A");
  await page.keyboard.type("Bonjour Camille, c’est noté : la taille 54 part ce soir.");
  await box.getByRole("button", { name: "C’est lu" }).click();
  await send.click();
  await page
    .getByText(/Envoyé dans \d+\ss/)
    .first()
    .waitFor();
  await page.getByText("Reçu par son serveur").nth(1).waitFor();
});
