import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { deskRoutes, row, veronica } from "./fake-server";
import { renderDesk } from "./render-desk";

const three = [row(32, "Camille Renaud"), row(33, "Paul Delmas"), row(34, "Inès Belkacem")];

describe("any list", () => {
  test.each(["closed", "team-3", "view-12", "sort"])("stays still after a cut too: %s", async (view) => {
    let items = three.slice(0, 2);
    const desk = renderDesk(`/${view}`, deskRoutes({ "GET /conversations": () => ({ items, next: "" }) }));
    await screen.findByText("Camille Renaud");
    items = [row(40, "Léa Morin"), ...items];
    act(() => desk.live({ resync: true }));
    await screen.findByRole("button", { name: "1 nouvelle" });
    expect(screen.queryByText("Léa Morin")).toBeNull();
    await desk.user.click(screen.getByRole("button", { name: "1 nouvelle" }));
    await screen.findByText("Léa Morin");
  });

  test("takes the order of a Monday, and every device remembers it", async () => {
    const asked: string[] = [];
    const me = veronica();
    const desk = renderDesk(
      "/owed",
      deskRoutes({
        "GET /conversations": (_: unknown, url: URL) => {
          asked.push(url.searchParams.get("order") ?? "due");
          return { items: url.searchParams.get("order") === "rank" ? [...three].reverse() : three, next: "" };
        },
        "PATCH /me": { ...me, person: { ...me.person, list_order: "rank" } },
      }),
    );
    await screen.findByText("Camille Renaud");
    await desk.user.click(screen.getByRole("button", { name: /par échéance/ }));
    await screen.findByRole("button", { name: /ordre du lundi/ });
    await waitFor(() =>
      expect(screen.getAllByRole("link", { name: /Où est mon colis/ })[0]?.textContent).toContain("Inès"),
    );
    expect(asked).toEqual(["due", "rank"]);
    expect(desk.asked("PATCH /me")[0]?.body).toEqual({ list_order: "rank" });
  });

  test("that a search stopped in says so, and searches on when asked", async () => {
    const desk = renderDesk(
      "/view-12",
      deskRoutes({
        "GET /views": {
          views: [{ id: 12, name: "Gravures", icon: "💍", base: "closed", filter: {} }],
          teams: [],
        },
        "GET /conversations": (_: unknown, url: URL) =>
          url.searchParams.get("cursor")
            ? { items: [row(3, "Camille Renaud")], next: "" }
            : { items: [], next: "further", further: true },
      }),
    );
    expect(await screen.findByRole("heading", { name: /💍 Gravures/ })).toBeTruthy();
    await desk.user.click(await screen.findByRole("button", { name: "Chercher plus loin" }));
    await screen.findByText("Camille Renaud");
  });
});

describe("several at once", () => {
  test("are chosen by x and shift, assigned, and given back as they were", async () => {
    const undo = { method: "POST", path: "/api/v1/bulk/undo", body: { steps: [{ ids: [32, 33] }] } };
    const desk = renderDesk(
      "/owed",
      deskRoutes({
        "GET /conversations": { items: three, next: "" },
        "GET /people": { items: [{ id: 2, name: "Marc Olivier", active: true }] },
        "POST /bulk": {
          done: [32, 33],
          refused: [
            { id: 34, code: "owed", detail: "It was merged into another conversation; go on there." },
          ],
          next: "",
          undo,
        },
        "POST /bulk/undo": { done: [32, 33], refused: [], next: "", undo: null },
      }),
    );
    (await screen.findByRole("link", { name: /Camille Renaud/ })).focus();
    await desk.user.keyboard("x");
    const bar = await screen.findByRole("region", { name: "Agir sur plusieurs demandes" });
    expect(within(bar).getByText("1 choisie")).toBeTruthy();
    await desk.user.keyboard("{Shift>}");
    await desk.user.click(screen.getByRole("link", { name: /Inès Belkacem/ }));
    await desk.user.keyboard("{/Shift}");
    expect(within(bar).getByText("3 choisies")).toBeTruthy();
    expect(desk.path()).toBe("/owed");
    await desk.user.keyboard("a");
    await screen.findByRole("option", { name: "Marc Olivier" });
    await desk.user.keyboard("marc{Enter}");
    await screen.findByText(/^2 faites, 1 laissée\./);
    expect(desk.asked("POST /bulk")[0]?.body).toMatchObject({
      ids: [32, 33, 34],
      action: { do: "assign", person: 2 },
    });
    expect(screen.queryByRole("region", { name: "Agir sur plusieurs demandes" })).toBeNull();
    await desk.user.click(screen.getByRole("button", { name: "Annuler" }));
    await waitFor(() => expect(desk.asked("POST /bulk/undo")[0]?.body).toEqual(undo.body));
  });

  test("are all of a list, beyond what is shown, part by part", async () => {
    const parts = [
      { done: [32], refused: [], next: "rest", undo: null },
      { done: [33, 34], refused: [], next: "", undo: null },
    ];
    const desk = renderDesk(
      "/closed",
      deskRoutes({
        "GET /conversations": { items: three.slice(0, 1), next: "more" },
        "POST /bulk": () => parts.shift(),
      }),
    );
    await screen.findByText("Camille Renaud");
    await desk.user.click(screen.getByRole("button", { name: "Choisir plusieurs demandes" }));
    await desk.user.click(screen.getByRole("button", { name: "Choisir celle qui est affichée" }));
    await desk.user.click(screen.getByRole("button", { name: "Choisir toute la liste" }));
    await desk.user.click(screen.getByRole("button", { name: "Autres actions sur la sélection" }));
    await desk.user.click(await screen.findByRole("menuitem", { name: "Indésirable" }));
    await screen.findByText("3 faites");
    const [first, second] = desk.asked("POST /bulk").map(({ body }) => body);
    expect(first).toMatchObject({ list: { view: "closed", cursor: "" }, action: { do: "spam" } });
    expect(first?.known).toBeTruthy();
    expect(second).toMatchObject({ list: { cursor: "rest" } });
  });
});

describe("a view", () => {
  test("is made in words, counted before it is kept, and found among the lists", async () => {
    let views: unknown[] = [];
    const desk = renderDesk(
      "/owed",
      deskRoutes({
        "GET /views": () => ({ views, teams: [{ id: 3, name: "Atelier", mine: true, count: 4 }] }),
        "GET /views/choices": {
          people: [{ id: 2, name: "Marc Olivier" }],
          teams: [{ id: 3, name: "Atelier" }],
          tags: [{ id: 7, name: "gravure" }],
          reasons: [],
          mailboxes: [],
        },
        "POST /views/preview": { count: 5 },
        "POST /views": (body: Record<string, unknown>) => {
          views = [{ id: 12, ...body, own: true, may_edit: true, count: { count: 5 } }];
          return { id: 12 };
        },
      }),
    );
    const nav = await screen.findByRole("navigation", { name: "Listes" });
    expect(await within(nav).findByRole("link", { name: /Atelier/ })).toBeTruthy();
    await desk.user.click(within(nav).getByRole("button", { name: "Nouvelle vue" }));
    const dialog = await screen.findByRole("dialog", { name: "Nouvelle vue" });
    await desk.user.type(await within(dialog).findByLabelText("Nom"), "Mes gravures");
    await desk.user.click(within(dialog).getByRole("button", { name: "Ajouter une condition" }));
    const fields = within(dialog).getAllByLabelText("Ce qu’on regarde");
    await desk.user.selectOptions(fields[1] as HTMLElement, "Étiquette");
    await within(dialog).findByText("5 demandes en ce moment");
    await desk.user.click(within(dialog).getByRole("button", { name: "Enregistrer la vue" }));
    await waitFor(() => expect(desk.path()).toBe("/view-12"));
    expect(desk.asked("POST /views")[0]?.body).toMatchObject({
      name: "Mes gravures",
      base: "owed",
      filter: {
        all: [
          { field: "assignee", op: "is", value: "me" },
          { field: "tag", op: "is", value: 7 },
        ],
      },
    });
    expect(await within(nav).findByRole("link", { name: /Mes gravures/ })).toBeTruthy();
  });
});
