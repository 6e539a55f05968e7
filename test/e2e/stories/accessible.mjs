// axe looks at every screen, light and dark, on a desk and on a phone; a dialog
// gives the focus back to where one was.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { story } from "./browser.mjs";
import { DOOR, FIRST, SHOP, settled } from "./screens.mjs";
import { exploreDemo } from "./steps.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
// The theme changes colours and nothing else.
const COLOURS = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };

await story(async (world) => {
  const page = await world.person("everybody", { reducedMotion: "reduce", colorScheme: "light" });
  const found = [];
  const look = async (screen, size, within) => {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const told = await violations(page, within, colorScheme === "dark" ? COLOURS : {});
      found.push(...told.map((it) => `${screen}, ${size}, ${colorScheme}: ${it}`));
    }
    await page.emulateMedia({ colorScheme: "light" });
  };
  const visit = async ({ name, to, me, only, small }) => {
    if (me) await change(page, me);
    const within = small ? "[role=dialog]" : "html"; // what lies behind was looked at by itself
    await page.setViewportSize(only === "phone" ? PHONE : DESK);
    await to(page, { language: "fr", phone: only === "phone" });
    await page.setViewportSize(PHONE);
    await settled(page);
    await look(name, "phone", within);
    if (only !== "phone") {
      await page.setViewportSize(DESK);
      await settled(page);
      await look(name, "desk", within);
    }
    found.push(...(await closed(page)).map((it) => `${name}: ${it}`));
    if (me) await change(page, { list_order: "due", tour: "skipped" });
  };
  const walk = async (screens) => {
    for (const it of screens) await visit(it).catch((error) => found.push(`${it.name}: ${error.message}`));
  };
  // The story is told in parts at the same time, each on a desk of its own.
  const [part, of] = (world.part || "1/1").split("/").map(Number);
  const share = Math.ceil(SHOP.length / of);
  if (part === 1) await walk(FIRST);
  await page.setViewportSize(DESK);
  await exploreDemo(page);
  await change(page, { tour: "skipped" });
  await walk(SHOP.slice((part - 1) * share, part * share));
  if (part === of) {
    await page.request.delete("/api/v1/session");
    await page.context().clearCookies();
    await walk(DOOR);
  }
  if (found.length) throw new Error(found.join("\n"));
});

/** Closes the dialog that is open: the focus goes back to something, never nowhere. */
async function closed(page) {
  const open = page.getByRole("dialog").last();
  if (!(await open.count())) return [];
  const before = await page.getByRole("dialog").count();
  await page.keyboard.press("Escape");
  await settled(page);
  if ((await page.getByRole("dialog").count()) >= before) return ["Escape doesn't close the dialog"];
  const lost = await page.evaluate(() => document.activeElement === document.body);
  return lost ? ["the focus is lost when the dialog closes"] : [];
}

/** What the desk keeps of the person: their order, their tour. */
async function change(page, part) {
  const answer = await page.request.patch("/api/v1/me", { data: part });
  if (!answer.ok()) throw new Error(`PATCH /me ${JSON.stringify(part)}: ${answer.status()}`);
}

/** What axe finds, in one line each. Mail frames hold no script and are not ours to write. */
async function violations(page, within, options) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const { violations: all } = await page.evaluate(
    ([part, it]) =>
      window.axe.run([...document.querySelectorAll(part)].at(-1), {
        iframes: false,
        resultTypes: ["violations"],
        // An open menu lies beside the landmarks.
        rules: { region: { enabled: !document.querySelector("[role=menu]") } },
        ...it,
      }),
    [within, options],
  );
  return all.flatMap(({ id, help, nodes }) =>
    nodes.map(
      (node) => `${id} (${help}) at ${node.target.join(" ")}: ${node.failureSummary?.split("\n")[1]?.trim()}`,
    ),
  );
}
