// What people do at the desk, step by step; shared by the stories.
import { fileURLToPath } from "node:url";

export const VERONICA = "veronica@maison-lila.example";
export const LABEL = fileURLToPath(new URL("etiquette.png", import.meta.url));

const WORDS = {
  fr: {
    email: "Adresse mail",
    password: "Mot de passe",
    enter: "Se connecter",
    owed: "À répondre",
    send: "Envoyer",
    editor: /^Répondre à/,
    answer: "Répondre",
  },
  en: {
    email: "Mail address",
    password: "Password",
    enter: "Sign in",
    owed: "To answer",
    send: "Send",
    editor: /^Answer /,
    answer: "Answer",
  },
};

/** Signs in through the page. */
export async function signIn(page, { email = VERONICA, password, language = "fr" }) {
  const words = WORDS[language];
  await page.goto("/");
  await page.getByLabel(words.email).fill(email);
  await page.getByLabel(words.password).fill(password);
  await page.getByRole("button", { name: words.enter, exact: true }).click();
  await list(page, language).waitFor();
}

/** The list of what is owed. */
export function list(page, language = "fr") {
  return page.getByRole("region", { name: WORDS[language].owed, exact: true });
}

/** A row of the list, by who wrote or what about. */
export function row(page, words, language = "fr") {
  return list(page, language).getByRole("link").filter({ hasText: words });
}

/** The composer of the conversation on screen. */
export function composer(page, language = "fr") {
  const words = WORDS[language];
  const box = page.getByRole("region", { name: words.answer, exact: true });
  return {
    box,
    text: box.getByRole("textbox", { name: words.editor }),
    send: box.getByRole("button", { name: new RegExp(`^${words.send}`) }),
    files: box.getByRole("list", { name: /Pièces jointes|Attachments/ }),
  };
}

/** Marks the page, so that a reload would be noticed. */
export async function mark(page) {
  await page.evaluate(() => {
    window.neverReloaded = true;
  });
}

export async function wasReloaded(page) {
  return !(await page.evaluate(() => window.neverReloaded === true));
}

/** Camille asks where her parcel is. */
export function camilleAsks(world) {
  return world.act("write", {
    from: "Camille Renaud <camille@client.example>",
    id: "colis-20418@client.example",
    subject: "Où est mon colis ?",
    text: "Bonjour,\n\nToujours rien reçu pour la commande 20418. Où est mon colis ?\n\nCamille Renaud",
  });
}

/** Into the demo shop from the first page. */
export async function exploreDemo(page) {
  await page.goto("/");
  await page.getByRole("button", { name: "Explorer la démonstration" }).click();
  // Weeks of the shop's life pass through the real intake: seconds, more on a busy machine.
  await list(page).getByRole("link").first().waitFor({ timeout: 100_000 });
}
