// Véronica invites Marc. They write at once and are told; the server falls and
// comes back, and what came meanwhile is there without a reload.
import { check, story } from "./browser.mjs";
import { camilleAsks, composer, mark, row, signIn, wasReloaded } from "./steps.mjs";

// On PostgreSQL the fallen process keeps its mailboxes for 45 s, since another
// could be reading them: only then are they read again.
const AFTER_A_FALL = 80_000;
const MARC = "marc@maison-lila.example";

await story(async (world) => {
  const veronica = await world.person("veronica");
  await signIn(veronica, world);
  await camilleAsks(world);
  await row(veronica, "Camille Renaud").click();
  check(
    (await veronica.getByRole("button", { name: "Confier à" }).count()) === 0,
    "alone, one sees assignment",
  );

  const marc = await marcJoins(world, veronica);
  await seesHisAccountOnly(marc);
  await seeEachOther(veronica, marc);
  await writeAtOnce(veronica, marc);
  await fallAndReturn(world, [veronica, marc]);
});

async function marcJoins(world, veronica) {
  await veronica.getByRole("link", { name: "Réglages" }).click();
  await veronica.getByRole("link", { name: "Personnes" }).click();
  await veronica.getByLabel("Nom", { exact: true }).fill("Marc Petit");
  await veronica.getByLabel("Adresse mail").fill(MARC);
  await veronica.getByLabel("Rôle", { exact: true }).selectOption("agent");
  await veronica.getByRole("button", { name: "Inviter" }).click();
  const said = await veronica.getByText("Marc Petit peut entrer par ce lien").textContent();
  const link = /https?:\/\/\S+/.exec(said)?.[0];
  check(link, `no link in "${said}"`);

  const marc = await world.person("marc");
  await marc.goto(link);
  await marc.getByLabel("Nouveau mot de passe").fill("le merle chante tôt");
  await marc.getByRole("button", { name: "Enregistrer" }).click();
  await marc.getByText("C’est fait. Vous pouvez vous connecter.").waitFor();
  await signIn(marc, { email: MARC, password: "le merle chante tôt" });
  return marc;
}

/** An agent changes nothing of the house: neither by the page, nor past it. */
async function seesHisAccountOnly(marc) {
  await marc.getByRole("link", { name: "Réglages" }).click();
  const sections = marc.getByRole("navigation", { name: "Réglages" }).getByRole("link");
  await sections.first().waitFor();
  check(
    (await sections.allTextContents()).join() === "Mon compte,Notifications",
    "an agent sees the settings of the house",
  );
  for (const path of ["mailboxes", "shop"]) {
    const status = await marc.evaluate(async (it) => (await fetch(`/api/v1/settings/${it}`)).status, path);
    check(status === 403, `an agent reads settings/${path}: ${status}`);
  }
}

/** The line that says who else is at this conversation. */
function there(page, words) {
  return page.getByRole("status").filter({ hasText: words });
}

/** Each is told that the other reads, and writes once something is typed. */
async function seeEachOther(veronica, marc) {
  for (const page of [veronica, marc]) {
    await page.getByRole("link", { name: "À répondre" }).click();
    await row(page, "Camille Renaud").click();
  }
  await there(veronica, "Marc lit aussi").waitFor();
  await there(marc, "Véronica lit aussi").waitFor();
  await marc.getByRole("button", { name: "Note interne" }).click();
  const note = marc.getByRole("textbox", { name: "Note interne" });
  await note.pressSequentially("vu");
  await there(veronica, "Marc écrit").waitFor();
  await row(veronica, "Marc écrit").waitFor();
  await note.fill("");
  await marc.getByRole("button", { name: "Répondre", exact: true }).click();
}

async function writeAtOnce(veronica, marc) {
  for (const page of [veronica, marc]) {
    await page.getByRole("link", { name: "À répondre" }).click();
    await row(page, "Camille Renaud").click();
    await page.getByRole("button", { name: "Confier à" }).waitFor();
    await composer(page).text.click();
  }
  await Promise.all([
    veronica.keyboard.type("Bonjour Camille, je demande au transporteur."),
    marc.keyboard.type("Bonjour Camille, votre colis est retrouvé."),
  ]);
  const told = (page, name) => page.getByText(`${name} a enregistré un autre texte pour cette réponse.`);
  const second = await Promise.race([
    told(veronica, "Marc Petit")
      .waitFor()
      .then(() => veronica),
    told(marc, "Véronica Lambert")
      .waitFor()
      .then(() => marc),
  ]);
  const first = second === marc ? "je demande au transporteur" : "votre colis est retrouvé";
  await second.getByRole("button", { name: "Prendre son texte" }).click();
  await composer(second).text.getByText(first).waitFor();
}

async function fallAndReturn(world, pages) {
  for (const page of pages) await mark(page);
  await world.act("kill");
  // Without the server nobody knows who is there: nobody is shown.
  for (const page of pages)
    await page
      .getByText(/(lit aussi|écrit…)$/)
      .first()
      .waitFor({ state: "hidden" });
  await world.act("write", {
    from: "Paul Delmas <paul@client.example>",
    id: "bracelet-1@client.example",
    subject: "Bracelet trop court",
    text: "Bonjour,\n\nLe bracelet est trop court, puis-je l’échanger ?\n\nPaul Delmas",
  });
  await world.act("start");
  for (const page of pages) {
    await row(page, "Paul Delmas").waitFor({ timeout: AFTER_A_FALL });
    check(!(await wasReloaded(page)), "Paul's mail came by a reload");
  }
  for (const page of pages) await there(page, "lit aussi").waitFor();
}
