// The warehouse is asked, answers on its phone without an account, and a
// colleague's draft is read before it leaves.
import { check, story } from "./browser.mjs";
import { exploreDemo, LABEL, row } from "./steps.mjs";

await story(async (world) => {
  const page = await world.person("veronica");
  await exploreDemo(page);
  await row(page, "Nathalie Coste").click();
  await page.getByRole("heading", { level: 1, name: "Point relais fermé" }).waitFor();
  const due = await page.getByRole("region", { name: "Engagements" }).innerText();
  await ask(page);
  const link = await linkInMail(page);
  await answersOnAPhone(world, link);

  // It comes back by itself, without a reload, and is there for who asked.
  const note = page.getByRole("article", { name: "Réponse interne de Entrepôt de Chambray" });
  await note.getByText("Il repart ce soir vers le relais de la gare.").waitFor();
  await note.getByRole("button", { name: /etiquette/ }).waitFor();
  await page.getByRole("article", { name: "Question à Entrepôt de Chambray" }).getByText("Répondu").waitFor();
  await page.getByRole("button", { name: /^Pour moi/ }).click();
  await page.getByText("Entrepôt de Chambray a répondu à votre question").waitFor();
  await page.keyboard.press("Escape");
  const after = await page.getByRole("region", { name: "Engagements" }).innerText();
  check(
    after.startsWith(due.split("\n").slice(0, 2).join("\n")),
    `the customer is owed something else now:\n${due}\n--\n${after}`,
  );
  await readAndSend(page);
});

async function ask(page) {
  await page.keyboard.press("q");
  const dialog = page.getByRole("dialog", { name: "Demander en interne" });
  await dialog.getByLabel("À qui").selectOption({ label: "Entrepôt de Chambray (Entrepôt)" });
  await dialog.getByLabel("Votre question").fill("Le colis 20427 peut-il partir vers un autre relais ?");
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("article", { name: "Question à Entrepôt de Chambray" }).waitFor();
}

/** The demo shop keeps its mail: the one to the warehouse lies in the outbox. */
async function linkInMail(page) {
  for (let tries = 0; tries < 60; tries++) {
    const sent = await (await page.request.get("/api/v1/outbox?limit=5")).json();
    const mine = sent.items.find(({ subject }) => subject.includes("20427"));
    if (mine?.delivery.state === "local") {
      const raw = await (await page.request.get(`/api/v1/outbox/${mine.delivery.id}/raw`)).text();
      const text = raw.replace(/=\r?\n/g, "").replace(/=3D/g, "=");
      const found = /\/ask\/[\w-]{43}/.exec(text);
      check(found, `no link in the mail:\n${text}`);
      return found[0];
    }
    await page.waitForTimeout(500);
  }
  throw new Error("the mail to the warehouse didn't leave");
}

async function answersOnAPhone(world, link) {
  // Without a script, as the strictest phone would.
  const phone = await world.person("warehouse", {
    viewport: { width: 390, height: 844 },
    javaScriptEnabled: false,
  });
  for (let scans = 0; scans < 10; scans++) await phone.request.get(link); // as mail scanners do
  await phone.goto(link);
  await phone.getByRole("heading", { level: 1, name: "Une question pour vous" }).waitFor();
  check(!(await phone.content()).includes("Nathalie"), "the page names the customer");
  await phone.getByLabel("Votre réponse").fill("Oui.\nIl repart ce soir vers le relais de la gare.");
  await phone.getByLabel("Joindre des photos ou des fichiers").setInputFiles(LABEL);
  await phone.getByRole("button", { name: "Envoyer la réponse" }).click();
  await phone.getByText("Merci, votre réponse est arrivée.").waitFor();
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  check(!wide, "the page is wider than the phone");
}

async function readAndSend(page) {
  await page.getByRole("link", { name: /^À relire/ }).click();
  await page
    .getByRole("region", { name: "À relire", exact: true })
    .getByRole("link")
    .filter({ hasText: "Luc Aubry" })
    .click();
  await page.getByText("Marc Petit vous demande une seconde lecture").waitFor();
  await page.getByRole("button", { name: /^Approuver et envoyer/ }).click();
  await page.getByText("Envoyé au nom de Marc Petit").first().waitFor();
  await page.getByText("Véronica Lambert a relu la réponse et l’a envoyée").waitFor();
}
