// axe looks at every main screen, light and dark.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { story } from "./browser.mjs";
import { composer, exploreDemo, list } from "./steps.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

await story(async (world) => {
  const page = await world.person("everybody", { reducedMotion: "reduce" });
  const found = [];
  const look = async (screen, rules = {}) => {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await violations(page, rules)).map((it) => `${screen}, ${colorScheme}: ${it}`));
    }
  };
  await beforeSigningIn(page, look);
  await exploreDemo(page);
  await look("owed list");
  await list(page).getByRole("link").first().click();
  await composer(page).text.click();
  await page.keyboard.type("Bonjour {{ prenom }}");
  await page.getByRole("region", { name: "Relecture" }).waitFor();
  await look("conversation");
  await dialogs(page, look);
  for (const name of [
    "Politesses",
    "À trier",
    "Terminées",
    "Mails illisibles",
    "Tableau de bord",
    "Envois",
    "Réglages",
  ]) {
    await page.getByRole("link", { name }).click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
    await look(name);
  }
  for (const name of ["Boutique", "Boîtes mail", "Horaires", "Personnes"]) {
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("status").filter({ hasText: "Chargement" }).waitFor({ state: "detached" });
    await look(`settings, ${name}`);
  }
  await page.getByRole("button", { name: /Mon compte/ }).click();
  await page.getByRole("menuitem", { name: "Se déconnecter" }).click();
  await page.getByRole("button", { name: "Se connecter", exact: true }).waitFor();
  await look("sign-in");
  if (found.length) throw new Error(found.join("\n"));
});

async function beforeSigningIn(page, look) {
  await page.goto("/");
  await page.getByRole("button", { name: "Installer ma boutique" }).waitFor();
  await look("first page");
  await page.getByRole("button", { name: "Installer ma boutique" }).click();
  await page.getByLabel("Nom de la boutique").fill("Maison Lila");
  await look("set-up, shop");
  const next = page.getByRole("button", { name: "Continuer" });
  await next.click();
  await page.getByLabel("Prénom et nom").fill("Véronica Lambert");
  await page.getByLabel("Adresse mail").fill("veronica@maison-lila.example");
  await page.getByLabel("Mot de passe").fill("une phrase assez longue");
  await look("set-up, person");
  await next.click();
  await page.getByLabel("Nom affiché").waitFor();
  await look("set-up, mailbox");
  await page.getByRole("button", { name: "Plus tard" }).click();
  await page.getByLabel("Ouvert jour et nuit").waitFor();
  await look("set-up, hours");
}

async function dialogs(page, look) {
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Autres actions" }).click();
  await page.getByRole("menu").waitFor();
  await look("actions", { region: { enabled: false } }); // an open menu lies beside the landmarks
  await page.getByRole("menuitem", { name: "Reporter" }).click();
  await page.getByRole("dialog", { name: "Reporter" }).waitFor();
  await look("snooze");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByRole("button", { name: /Noter un contact/ }).click();
  await page.getByRole("dialog", { name: "Noter un contact" }).waitFor();
  await look("contact");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

/** What axe finds, in one line each. Mail frames hold no script and are not ours to write. */
async function violations(page, rules) {
  await page.evaluate(axe);
  const { violations: all } = await page.evaluate(
    (it) => window.axe.run(document, { iframes: false, rules: it }),
    rules,
  );
  return all.flatMap(({ id, help, nodes }) =>
    nodes.map(
      (node) => `${id} (${help}) at ${node.target.join(" ")}: ${node.failureSummary?.split("\n")[1]?.trim()}`,
    ),
  );
}
