// Véronica installs her shop, Camille writes, Véronica answers, and the promise is kept.
import { check, story } from "./browser.mjs";
import { camilleAsks, composer, LABEL, list, mark, row, VERONICA, wasReloaded } from "./steps.mjs";

await story(async (world) => {
  const page = await world.person("veronica");
  await installShop(page, world);
  await mark(page);
  await page.getByText("Vous êtes à jour").waitFor();

  await camilleAsks(world);
  const question = row(page, "Camille Renaud");
  await question.waitFor();
  check(!(await wasReloaded(page)), "the list came by a reload, not by itself");
  await question.getByText("Toujours rien reçu").waitFor();
  const clock = await question.locator("time").textContent();
  check(/^(avant|demain|dans) \S/.test(clock), `Camille's clock says "${clock}"`);

  await question.click();
  await page.getByRole("article", { name: "Camille Renaud" }).getByText("commande 20418").waitFor();
  await writeWithHole(page);
  await sendUndoAndSend(page);

  await page.getByRole("button", { name: "Répondre à la suivante" }).click();
  await page.getByText("Vous êtes à jour").waitFor();
  await keptIn(page);
  check(!(await wasReloaded(page)), "somewhere the page was loaded again");
});

async function installShop(page, { mail, password }) {
  await page.goto("/");
  await page.getByRole("button", { name: "Installer ma boutique" }).click();
  await page.getByLabel("Nom de la boutique").fill("Maison Lila");
  await page.locator("input[type=file]").setInputFiles(LABEL);
  await page.getByRole("img", { name: "Logo" }).waitFor();
  await page.getByLabel("Jours fériés").selectOption("FR-67");
  const next = page.getByRole("button", { name: "Continuer" });
  await next.click();

  await page.getByLabel("Prénom et nom").fill("Véronica Lambert");
  await page.getByLabel("Adresse mail").fill(VERONICA);
  await page.getByLabel("Mot de passe").fill(password);
  await next.click();

  await connectMailbox(page, mail);
  await next.click();

  await page.getByLabel("Ouvert jour et nuit").check();
  await page.getByLabel("Répondre sous").fill("4");
  await page.getByLabel("compté en").selectOption("open_hours");
  await next.click();

  await page.getByLabel("à partir de maintenant").check();
  await page.getByRole("definition").filter({ hasText: "Maison Lila" }).waitFor();
  await page.getByRole("button", { name: "Ouvrir le comptoir" }).click();
  await readThePast(page);
  await page.getByRole("link", { name: "Aller à ce qui est à répondre" }).click();
  await list(page).waitFor();
}

/** Before anything is owed, the mailbox's last thirty days are read; this one is new. */
async function readThePast(page) {
  await page.getByRole("heading", { level: 1, name: "Les 30 derniers jours de votre boîte" }).waitFor();
  await page.getByRole("button", { name: /^Lire les 30 derniers jours/ }).click();
  await page.getByText("Aucun mail de client dans les 30 derniers jours").waitFor();
}

/** A wrong password is said in plain words; the right one turns every line green. */
async function connectMailbox(page, mail) {
  await page.getByLabel("Adresse mail").fill(mail.address);
  await page.getByLabel("Nom affiché").fill("Maison Lila");
  for (const [name, host, port, security] of [
    ["Réception (IMAP)", mail.imapHost, mail.imapPort, "tls"],
    ["Envoi (SMTP)", mail.smtpHost, mail.smtpPort, "starttls"],
  ]) {
    await page.getByLabel(`Serveur, ${name}`).fill(host);
    await page.getByLabel(`Port, ${name}`).fill(port);
    await page.getByLabel(`Chiffrement, ${name}`).selectOption(security);
  }
  await page.getByLabel("Mot de passe").fill("pas-le-bon");
  const test = page.getByRole("button", { name: "Essayer la connexion" });
  await test.click();
  const refused = page.getByRole("listitem").filter({ hasText: "échoué :" });
  await refused.first().waitFor();
  const words = (await refused.allTextContents()).join("\n");
  check(/mot de passe/i.test(words), `a wrong password is said as: ${words}`);

  await page.getByLabel("Mot de passe").fill(mail.password);
  await test.click();
  await page.getByRole("listitem").filter({ hasText: "réussi :" }).nth(3).waitFor();
  check((await refused.count()) === 0, "with the right password a line is still red");
}

/** The hole of a saved answer is held; filled, the answer may leave. */
async function writeWithHole(page) {
  const { box, text, send, files } = composer(page);
  await text.click();
  await page.keyboard.type("Bonjour {{ prenom }},");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Votre colis 20418 a été livré ");
  await box.getByRole("button", { name: "Gras" }).click();
  await page.keyboard.type("mardi");
  await box.getByRole("button", { name: "Gras" }).click();
  await page.keyboard.type(" chez le gardien, l’étiquette est jointe.");
  await box.locator("input[type=file]").setInputFiles(LABEL);
  await files.getByRole("button", { name: "Retirer etiquette.png" }).waitFor();
  await box.getByText("brouillon enregistré").waitFor();

  await send.click();
  const findings = box.getByRole("region", { name: "Relecture" });
  await findings.getByText("À corriger").first().waitFor();
  await findings.getByText("{{ prenom }}").first().waitFor();

  await text.getByText("Bonjour {{ prenom }},").click();
  await page.keyboard.press("End");
  await page.keyboard.press("Shift+Home");
  await page.keyboard.type("Bonjour Camille,");
  await findings.getByText("À corriger").waitFor({ state: "detached" });
}

async function sendUndoAndSend(page) {
  const { text, send, files } = composer(page);
  const leaving = page.getByText(/Envoyé dans \d+\ss/).first();
  await send.click();
  await leaving.waitFor();
  await page.getByRole("button", { name: "Annuler", exact: true }).click();
  await text.getByText("Bonjour Camille,").waitFor();
  await files.getByRole("button", { name: "Retirer etiquette.png" }).waitFor();

  await send.click();
  await leaving.waitFor();
}

/** Véronica finds the conversation again, and the promise kept. */
async function keptIn(page) {
  for (const view of ["Terminées", "Attend le client"]) {
    await page.getByRole("link", { name: view }).click();
    const rows = page.getByRole("region", { name: view }).getByRole("link");
    const nothing = page.getByRole("heading", { name: /Rien n’est encore terminé|Personne ne vous doit/ });
    await rows.first().or(nothing).waitFor();
    if (await rows.count()) {
      await rows.first().click();
      await page.getByText("1 engagement clos").click();
      await page.getByText("tenu", { exact: true }).waitFor();
      await page.getByText("Reçu par son serveur").last().waitFor();
      return;
    }
  }
  throw new Error("the answered conversation is nowhere to be found");
}
