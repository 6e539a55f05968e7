// A lead's morning: who will be late today, what was kept, and a page that is arranged to her own mind.
import { readFile } from "node:fs/promises";
import { check, story } from "./browser.mjs";
import { exploreDemo } from "./steps.mjs";

await story(async (world) => {
  const page = await world.person("veronica");
  await exploreDemo(page);
  await page.getByRole("link", { name: "Tableau de bord" }).click();
  await page.getByRole("heading", { level: 1, name: "Tableau de bord" }).waitFor();
  await keyFigures(page);
  await pace(page);
  await tableAndFile(page);
  await narrowToAReason(page);
  await people(page);
  await arrange(page);
});

/** The figures come by themselves, seconds after the shop was made. */
async function keyFigures(page) {
  await page.getByRole("button", { name: "30 jours" }).click();
  const keys = page.getByRole("region", { name: "Chiffres essentiels" });
  await keys.getByText(/^\d+ sur \d+$/).waitFor({ timeout: 90_000 });
  const share = await keys
    .getByText(/^\d{1,3}(,\d)?\s%$/)
    .first()
    .textContent();
  check(Number.parseInt(share, 10) > 50, `the share kept is ${share}`);
  const shown = await keys
    .getByText(/\sh\s\d\d$|\smin$|\sh$/)
    .first()
    .textContent();
  await keys.getByRole("button", { name: "À l’horloge" }).click();
  await keys.getByText(shown, { exact: true }).first().waitFor({ state: "detached" });
}

async function pace(page) {
  const pace = page.getByRole("region", { name: "À ce rythme" });
  await pace
    .getByText(/À ce rythme, .*en retard|trop peu de réponses récentes/)
    .first()
    .waitFor();
  await pace.getByText(/dernières heures d’ouverture/).waitFor();
}

/** Each picture is a table, too, and a file that a spreadsheet reads. */
async function tableAndFile(page) {
  const volume = page.getByRole("region", { name: "Volume par jour" }).first();
  await volume.getByRole("img", { name: /mails de clients et/ }).waitFor();
  await volume.getByRole("button", { name: "Tableau" }).press("Enter");
  check((await volume.getByRole("row").count()) === 31, "thirty days and a head make 31 rows");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    volume.getByRole("link", { name: /CSV/ }).click(),
  ]);
  const text = await readFile(await file.path(), "utf8");
  check(text.startsWith("\ufeffday,asked,arrived,answered"), `the file begins with ${text.slice(0, 40)}`);
  check(text.trim().split("\r\n").length === 31, "the file holds another number of days");
}

async function narrowToAReason(page) {
  const before = page.url();
  const reasons = page.getByRole("region", { name: "Par motif" }).first();
  await reasons.getByRole("link", { name: "Livraison" }).click();
  await page.getByRole("button", { name: "Tout montrer" }).waitFor();
  check(page.url() !== before, "the address doesn't tell what is shown");
  await reasons.getByRole("link", { name: "Produit" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Tout montrer" }).click();
  await reasons.getByRole("link", { name: "Produit" }).waitFor();
}

/** By name, never by figures. */
async function people(page) {
  const table = page.getByRole("region", { name: "Par personne" }).first();
  const names = await table.getByRole("rowheader").allTextContents();
  check(names.length >= 3, `only ${names.length} people`);
  check(names.join() === [...names].sort((a, b) => a.localeCompare(b, "fr")).join(), `a ranking: ${names}`);
}

/** By keyboard; kept for her, and for nobody else. */
async function arrange(page) {
  await page.keyboard.press("a");
  await page.getByRole("button", { name: "Masquer «\u202fÀ quelles heures\u202f»" }).press("Enter");
  await page.getByRole("button", { name: "Monter «\u202fPar motif\u202f»" }).press("Enter");
  await page.getByRole("button", { name: "C’est bien ainsi" }).click();
  const parts = page.locator("[data-block]");
  const order = () => parts.evaluateAll((list) => list.map((it) => it.dataset.block));
  const mine = await order();
  check(!mine.includes("hours") && mine.indexOf("reasons") < mine.indexOf("backlog"), `arranged as ${mine}`);
  await page.reload();
  await page.getByRole("region", { name: "Par motif" }).first().waitFor();
  check((await order()).join() === mine.join(), `after a reload: ${await order()}`);
}
