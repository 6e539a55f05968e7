// Camille attaches three files: the invoice opens in the browser's own viewer,
// the picture in a sandbox, and the page that could run is only ever saved.
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

  await opensInTheViewer(page, files.getByRole("link", { name: /^facture-20418\.pdf/ }));
  await opensInASandbox(page, files.getByRole("link", { name: "colis.png" }));
  await isSaved(
    page,
    files.getByRole("link", { name: "Enregistrer facture-20418.pdf" }),
    "facture-20418.pdf",
  );
  await isSaved(page, files.getByRole("link", { name: /^suivi\.html/ }), "suivi.html");
});

/** Follows a link into its own tab, and says with which headers it came. */
async function open(page, link) {
  const [tab, answer] = await Promise.all([
    page.context().waitForEvent("page"),
    page.context().waitForEvent("response", (it) => it.url().endsWith("/view")),
    link.click(),
  ]);
  await tab.waitForLoadState();
  check((await tab.evaluate(() => window.opener)) === null, "the file's tab holds on to the desk");
  return { tab, headers: answer.headers() };
}

/** A browser's PDF viewer does not run within a sandbox; it runs no page of the desk either. */
async function opensInTheViewer(page, link) {
  const { tab, headers } = await open(page, link);
  check(headers["content-type"] === "application/pdf", `the invoice comes as ${headers["content-type"]}`);
  check(!/attachment/.test(headers["content-disposition"] ?? ""), "the invoice is saved instead of shown");
  check(headers["x-content-type-options"] === "nosniff", "the invoice's type may be guessed");
  // Chromium's viewer is a frame of its own, with the file in a frame within.
  await until(() => tab.frames().length > 2, "the viewer shows nothing");
  const shown = await tab.evaluate(() => document.contentType);
  check(shown === "application/pdf", `the tab shows ${shown}`);
  await tab.close();
}

async function opensInASandbox(page, link) {
  const { tab, headers } = await open(page, link);
  const policy = headers["content-security-policy"];
  check(
    /sandbox/.test(policy) && !/allow-(scripts|same-origin)/.test(policy),
    `the picture is under "${policy}"`,
  );
  const wide = await tab.locator("img").evaluate((it) => it.naturalWidth);
  check(wide > 0, "the picture is not shown");
  await tab.close();
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
