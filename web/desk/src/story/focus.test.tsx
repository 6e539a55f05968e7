import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { camille, deskRoutes, message, row } from "./fake-server";
import { renderDesk } from "./render-desk";

const three = [row(32, "Camille Renaud"), row(33, "Paul Delmas"), row(34, "Inès Belkacem")];
const conversation = (id: number) => camille([message(4, "Camille Renaud", "Où est mon colis ?")], { id });
const routes = () =>
  deskRoutes({
    "GET /conversations": { items: three, next: "" },
    "GET /conversations/32": conversation(32),
    "GET /conversations/33": conversation(33),
    "GET /conversations/34": conversation(34),
  });
const read = (id: number) => document.querySelector(`[data-landing="${id}"]`);
const link = (name: RegExp) => screen.getByRole("link", { name });

test("J arrives at the words of a conversation, Escape at its row, from which J goes on", async () => {
  const desk = renderDesk("/owed", routes());
  await screen.findByText("Camille Renaud");
  await desk.user.keyboard("j");
  await waitFor(() => expect(read(32)).toBe(document.activeElement), { timeout: 4000 });
  expect(document.activeElement).not.toBeNull();
  await waitFor(() => expect(document.title).toBe("Où est mon colis ? · Maison Lila"));
  await desk.user.keyboard("{Escape}");
  await waitFor(() => expect(document.activeElement).toBe(link(/Camille Renaud/)));
  expect(document.title).toBe("À répondre · Maison Lila");
  await desk.user.keyboard("j");
  await waitFor(() => expect(desk.path()).toBe("/owed/33"));
  expect(document.activeElement).toBe(link(/Paul Delmas/));
});

test("a quick hand chooses three in a row, and Escape lets them go before it leaves", async () => {
  const desk = renderDesk("/owed", routes());
  (await screen.findByRole("link", { name: /Camille Renaud/ })).focus();
  await desk.user.keyboard("xjxjx");
  const bar = await screen.findByRole("region", { name: "Agir sur plusieurs demandes" });
  expect(within(bar).getByText("3 choisies")).toBeTruthy();
  const open = desk.path();
  await desk.user.keyboard("{Escape}");
  await waitFor(() =>
    expect(screen.queryByRole("region", { name: "Agir sur plusieurs demandes" })).toBeNull(),
  );
  expect(desk.path()).toBe(open);
});

test("Escape leaves the text, so that letters act again", async () => {
  const desk = renderDesk("/owed/32", routes());
  await screen.findByRole("heading", { name: "Où est mon colis ?" });
  await desk.user.keyboard("i");
  const note = await screen.findByRole("textbox", { name: "Note interne" });
  await waitFor(() => expect(document.activeElement).toBe(note));
  await desk.user.keyboard("à voir{Escape}");
  expect(document.activeElement).toBe(read(32));
  expect(desk.path()).toBe("/owed/32");
  await desk.user.keyboard("?");
  await screen.findByRole("dialog", { name: "Raccourcis clavier" });
});

test("Z takes back what was just done, and says so where it is offered", async () => {
  const desk = renderDesk("/owed/32", {
    ...routes(),
    "POST /conversations/32/priority": {
      ...conversation(32),
      undo: { method: "POST", path: "/api/v1/conversations/32/priority", body: { priority: 0 } },
    },
  });
  await screen.findByRole("heading", { name: "Où est mon colis ?" });
  await desk.user.keyboard("p");
  const field = await screen.findByRole("combobox", { name: "Priorité" });
  await waitFor(() => expect(document.activeElement).toBe(field));
  await desk.user.keyboard("{Enter}");
  const undo = await screen.findByRole("button", { name: "Annuler" });
  expect(undo.getAttribute("aria-keyshortcuts")).toBe("z");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await desk.user.keyboard("z");
  await waitFor(() => expect(desk.asked("POST /conversations/32/priority")).toHaveLength(2));
  expect(screen.queryByRole("button", { name: "Annuler" })).toBeNull();
});
