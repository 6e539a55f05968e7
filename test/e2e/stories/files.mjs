// Camille attaches three files: the invoice is looked at in the browser's own
// viewer within the desk, the picture beside it by a key, and the page that
// could run is only ever saved.
import { readFileSync } from "node:fs";
import { check, story, until } from "./browser.mjs";
import { LABEL, row, signIn } from "./steps.mjs";

const base64 = (content) => Buffer.from(content).toString("base64");

await story(async (world) => {
  const page = await world.person("veronica");
  await signIn(page, world);
  await world.act("write", {
    from: "Camille Renaud <camille@client.example>",
    id: "facture-20418@client.example",
    subject: "Ma facture 20418",
    text: "Bonjour,\n\nVoici la facture et la photo du colis.\n\nCamille",
    files: [
      { name: "facture-20418.pdf", type: "application/pdf", content: base64(invoice("Facture 20418")) },
      { name: "colis.png", type: "image/png", content: base64(readFileSync(LABEL)) },
      { name: "suivi.html", type: "text/html", content: base64("<script>document.title = 'run'</script>") },
    ],
  });
  await row(page, "Camille Renaud").click();
  const files = page
    .getByRole("article", { name: "Camille Renaud" })
    .getByRole("list", { name: "Pièces jointes" });

  await isLookedAt(page, files.getByRole("button", { name: /^facture-20418\.pdf/ }));
  await isSaved(
    page,
    files.getByRole("link", { name: "Enregistrer facture-20418.pdf" }),
    "facture-20418.pdf",
  );
  await isSaved(page, files.getByRole("link", { name: /^suivi\.html/ }), "suivi.html");
});

/** The answer with which a file of that type comes to be shown: the viewer of the one before may still ask. */
async function shown(page, type, act) {
  const [answer] = await Promise.all([
    page.waitForResponse((it) => it.url().endsWith("/view") && it.headers()["content-type"] === type),
    act(),
  ]);
  return answer.headers();
}

/** The invoice, then by a key the picture; Escape leaves, and the focus is where it was. */
async function isLookedAt(page, button) {
  const invoice = await shown(page, "application/pdf", () => button.click());
  check(!/attachment/.test(invoice["content-disposition"] ?? ""), "the invoice is saved instead of shown");
  check(invoice["x-content-type-options"] === "nosniff", "the invoice's type may be guessed");
  check(/frame-ancestors 'self'/.test(invoice["content-security-policy"]), "anybody may frame the invoice");
  const viewer = page.getByRole("dialog", { name: "facture-20418.pdf" });
  await viewer.locator("iframe").waitFor();
  // Chromium's viewer is a frame of its own, with the file in a frame within.
  await until(() => page.frames().length > 2, "the viewer shows nothing");

  await viewer.getByRole("button", { name: "Fichier suivant" }).focus();
  const picture = await shown(page, "image/png", () => page.keyboard.press("ArrowRight"));
  const policy = picture["content-security-policy"];
  check(
    /sandbox/.test(policy) && !/allow-(scripts|same-origin)/.test(policy),
    `the picture is under "${policy}"`,
  );
  const image = page.getByRole("dialog", { name: "colis.png" }).getByRole("img", { name: "colis.png" });
  await until(() => image.evaluate((it) => it.naturalWidth > 0), "the picture is not shown");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  check(await button.evaluate((it) => it === document.activeElement), "the focus is lost with the viewer");
}

async function isSaved(page, link, name) {
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  check(file.suggestedFilename() === name, `${name} is saved as ${file.suggestedFilename()}`);
  check(page.context().pages().length === 1, `${name} opened a page`);
}

/** The least of a PDF that viewers open: one page with one line (ISO 32000-1). */
function invoice(line) {
  const page = `BT /F1 24 Tf 72 720 Td (${line}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((it, n) => {
    const at = text.length;
    text += `${n + 1} 0 obj\n${it}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const size = objects.length + 1;
  return `${text}xref\n0 ${size}\n0000000000 65535 f \n${places.join("")}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
}
