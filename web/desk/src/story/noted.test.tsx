import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { deskRoutes, row } from "./fake-server";
import { renderDesk } from "./render-desk";

const three = [row(32, "Camille Renaud"), row(33, "Paul Delmas"), row(34, "Inès Belkacem")];

describe("what the shop noted", () => {
  const noted = row(32, "Camille Renaud", {
    angry: true,
    law: true,
    promise_kind: "refund",
    reason: { id: 2, name: "Colis perdu" },
    team: { id: 3, name: "Atelier" },
    tags: ["Noël", "VIP", "fragile", "cadeau"].map((name, id) => ({ id, name, colour: "green" })),
  });

  test("stands in the row, two tags of four", async () => {
    renderDesk("/owed", deskRoutes({ "GET /conversations": { items: [noted], next: "" } }));
    const link = await screen.findByRole("link", { name: /Camille Renaud/ });
    for (const words of [
      "en colère",
      "échéance légale",
      "Rembourser",
      "Colis perdu",
      "Atelier",
      "Noël",
      "VIP",
    ]) {
      expect(within(link).getByText(words)).toBeTruthy();
    }
    expect(within(link).queryByText("fragile")).toBeNull();
    expect(within(link).getByTitle("fragile, cadeau").textContent).toContain("+2");
  });

  test("is put on several by its key: a tag that is typed is made", async () => {
    const desk = renderDesk(
      "/owed",
      deskRoutes({
        "GET /conversations": { items: three, next: "" },
        "GET /labels": {
          reasons: [{ id: 2, parent: 0, name: "Livraison", position: 0, archived: false }],
          tags: [{ id: 5, name: "Noël", colour: "green", archived: false }],
          fields: [],
          products: [],
          causes: [],
        },
        "POST /bulk": { done: [32], refused: [], next: "", undo: null },
      }),
    );
    const choose = async (key: string, typed: string) => {
      (await screen.findByRole("link", { name: /Camille Renaud/ })).focus();
      await desk.user.keyboard("x");
      await screen.findByRole("region", { name: "Agir sur plusieurs demandes" });
      await desk.user.keyboard(key);
      await screen.findAllByRole("option");
      await desk.user.keyboard(`${typed}{Enter}`);
      await waitFor(() =>
        expect(screen.queryByRole("region", { name: "Agir sur plusieurs demandes" })).toBeNull(),
      );
      return desk.asked("POST /bulk").at(-1)?.body;
    };
    expect(await choose("l", "noel")).toMatchObject({ ids: [32], action: { do: "tag", tag: 5 } });
    expect(await choose("l", "Fête")).toMatchObject({ ids: [32], action: { do: "tag", name: "Fête" } });
    expect(await choose("m", "livr")).toMatchObject({ ids: [32], action: { do: "reason", about: 2 } });
    expect(await choose("p", "avant")).toMatchObject({ ids: [32], action: { do: "priority", priority: 1 } });
  });

  test("is put on what was ticked by the mouse, too", async () => {
    const desk = renderDesk(
      "/owed",
      deskRoutes({
        "GET /conversations": { items: three, next: "" },
        "POST /bulk": { done: [33], refused: [], next: "", undo: null },
      }),
    );
    await screen.findByText("Paul Delmas");
    await desk.user.click(screen.getByRole("button", { name: "Choisir plusieurs demandes" }));
    await desk.user.click(screen.getByRole("checkbox", { name: "Choisir Paul Delmas" }));
    await desk.user.keyboard("f");
    await waitFor(() =>
      expect(desk.asked("POST /bulk")[0]?.body).toMatchObject({ ids: [33], action: { do: "follow" } }),
    );
  });

  test("has its lists: teams and tags, folded away or kept on top", async () => {
    let favourites: string[] = [];
    const beside = () => ({
      views: [],
      teams: [{ id: 3, name: "Atelier", mine: true, count: 4 }],
      tags: [{ id: 7, name: "gravure", colour: "blue", count: 100 }],
      favourites,
    });
    const desk = renderDesk(
      "/owed",
      deskRoutes({
        "GET /views": beside,
        "POST /views/favourites": ({ list }: Record<string, unknown>) => {
          favourites = [String(list)];
          return beside();
        },
      }),
    );
    const nav = await screen.findByRole("navigation", { name: "Listes" });
    expect((await within(nav).findByRole("link", { name: /gravure/ })).textContent).toContain("99+");
    await desk.user.click(within(nav).getByRole("button", { name: "Garder gravure en haut" }));
    await waitFor(() => expect(within(nav).queryByRole("button", { name: "Étiquettes" })).toBeNull());
    expect(
      within(nav)
        .getByRole("link", { name: /gravure/ })
        .getAttribute("href"),
    ).toBe("/tag-7");
    await desk.user.click(within(nav).getByRole("button", { name: "Équipes" }));
    expect(within(nav).queryByRole("link", { name: /Atelier/ })).toBeNull();
    localStorage.clear();
  });
});
