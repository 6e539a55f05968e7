import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { KEYS } from "@/app/keys";
import { offeredNow } from "@/shared/commands/commands";
import { deskRoutes, veronica } from "./fake-server";
import { renderDesk } from "./render-desk";

const people = {
  items: [{ id: 2, name: "Marc Petit", email: "m@maison-lila.exemple", role: "agent", active: true }],
};
const demo = () => {
  const me = veronica();
  return { ...me, shop: { ...me.shop, demo: true } };
};

test("the sheet and the palette have every command that is offered", async () => {
  const desk = renderDesk("/owed/32", deskRoutes({ "GET /people": people, "GET /me": demo() }));
  await screen.findByRole("heading", { name: "Où est mon colis ?" });
  await desk.user.keyboard("?");
  const sheet = await screen.findByRole("dialog", { name: "Raccourcis clavier" });
  const labels = offeredNow().map(({ label }) => label);
  expect(labels.length).toBeGreaterThan(40);
  const named = offeredNow().filter(
    ({ label, hint }) =>
      // Told by its key, in the words of the sheet, or by its own.
      !KEYS.some(({ key }) => key === hint) &&
      within(sheet).queryAllByRole("button", { name: label }).length === 0,
  );
  expect(named.map(({ label }) => label)).toEqual([]);
  await desk.user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

  await desk.user.keyboard("{Control>}k{/Control}");
  const field = await screen.findByRole("combobox", { name: "Rechercher ou agir" });
  for (const label of labels) {
    fireEvent.change(field, { target: { value: label } });
    expect(
      screen.getAllByRole("option").map(({ textContent }) => textContent?.includes(label)),
      label,
    ).toContain(true);
  }
});

test("the sheet finds by words and by key, and does what is chosen", async () => {
  const desk = renderDesk("/owed/32", deskRoutes());
  await screen.findByRole("heading", { name: "Où est mon colis ?" });
  await desk.user.keyboard("?");
  const sheet = await screen.findByRole("dialog", { name: "Raccourcis clavier" });
  const field = within(sheet).getByRole("searchbox");
  await waitFor(() => expect(document.activeElement).toBe(field));
  await desk.user.type(field, "etiqu");
  expect(within(sheet).getAllByRole("listitem")).toHaveLength(1);
  await desk.user.clear(field);
  await desk.user.type(field, "zzz");
  expect(within(sheet).getByText(/Rien ne s’appelle/)).toBeTruthy();
  await desk.user.clear(field);
  await desk.user.type(field, "noter un");
  await desk.user.click(within(sheet).getByRole("button", { name: "Noter un contact" }));
  await screen.findByRole("dialog", { name: /contact/i });
});

// What a screen listens to must stand in the sheet: read from the code, so that nobody has to remember.
test("each key that a screen listens to is in the sheet", () => {
  const source = join(import.meta.dirname, "..");
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.tsx?$/.test(name) && !/\.test\./.test(name) && !name.endsWith("useKeys.ts"),
  );
  const heard = files.flatMap((name) => {
    const text = readFileSync(join(source, name), "utf8");
    return [...text.matchAll(/useKeys\(\s*\{([\s\S]*?)\n? *\}(?:,|\))/g)].flatMap((found) =>
      [...(found[1] ?? "").matchAll(/(?:^|[,{\n])\s*"?([\w?/+]+)"?:/g)].map((key) => key[1] ?? ""),
    );
  });
  const pressed = heard.filter((key) => /^(.|escape|mod\+.+)$/.test(key));
  expect(pressed.length).toBeGreaterThan(12);
  const shown = (key: string) =>
    key === "escape"
      ? "Esc"
      : key.startsWith("mod+")
        ? `⌘ ${key.slice(4).toUpperCase().replace("ENTER", "↵")}`
        : key.toUpperCase();
  const missing = pressed.filter((key) => !KEYS.some((it) => it.key === shown(key)));
  expect(missing).toEqual([]);
});
