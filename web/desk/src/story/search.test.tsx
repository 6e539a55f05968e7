import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { deskRoutes, Refusal, row } from "./fake-server";
import { renderDesk } from "./render-desk";

const marked = (text: string, ...hits: [number, number][]) => ({ text, hits });

const found = (id: number, name: string, excerpt = marked("La bague est <b>trop</b> petite", [3, 8])) => ({
  conversation: row(id, name),
  message: {
    id: id * 10,
    direction: "in",
    kind: "customer",
    at: "2026-11-20T09:00:00Z",
    from: marked(name),
    subject: marked("Échange de bague", [11, 16]),
    excerpt,
    files: [],
  },
});

const answer = (part: object = {}) => ({
  conversations: [found(32, "Camille Renaud"), found(33, "Paul Delmas")],
  people: [
    {
      id: 5,
      name: "Inès Belkacem",
      addresses: ["ines@example.org"],
      phones: [],
      last_at: "2026-11-20T09:00:00Z",
    },
  ],
  next: "",
  further: false,
  whole: true,
  ...part,
});

const suggestions = { conversation: null, people: [], tags: [], operators: [] };

const routes = (more: object = {}) =>
  deskRoutes({
    "GET /search": answer(),
    "GET /search/suggest": suggestions,
    "PATCH /me": {},
    ...more,
  });

beforeEach(() => localStorage.removeItem("comptoir.searches"));

describe("the palette", () => {
  test("opens by a key, and Enter searches for what was typed", async () => {
    const desk = renderDesk("/owed", routes());
    await screen.findByText("Camille Renaud");
    await desk.user.keyboard("/");
    const field = await screen.findByRole("combobox", { name: "Rechercher ou agir" });
    await waitFor(() => expect(document.activeElement).toBe(field));
    await desk.user.keyboard("bague{Enter}");
    await screen.findByRole("searchbox");
    expect(screen.getByRole<HTMLInputElement>("searchbox").value).toBe("bague");
  });

  test("goes to a list, and offers what was searched before", async () => {
    localStorage.setItem("comptoir.searches", JSON.stringify(["bracelet perdu"]));
    const desk = renderDesk("/owed", routes());
    await screen.findByText("Camille Renaud");
    await desk.user.keyboard("{Control>}k{/Control}");
    await screen.findByRole("option", { name: /bracelet perdu/ });
    await desk.user.type(screen.getByRole("combobox"), "termin");
    await desk.user.click(await screen.findByRole("option", { name: /Aller à.*Terminées/ }));
    await waitFor(() => expect(desk.path()).toBe("/closed"));
  });

  test("acts on the open conversation", async () => {
    const desk = renderDesk("/owed/32", routes());
    await screen.findByRole("button", { name: "Reporter" }, { timeout: 10_000 });
    await desk.user.keyboard("{Control>}k{/Control}");
    await desk.user.type(await screen.findByRole("combobox"), "report");
    await desk.user.click(await screen.findByRole("option", { name: /^Reporter/ }));
    await screen.findByRole("dialog", { name: /Reporter/ });
  });

  test("offers a number and the values of an operator, and writes on", async () => {
    const desk = renderDesk(
      "/owed",
      routes({
        "GET /search/suggest": {
          ...suggestions,
          conversation: row(33, "Paul Delmas"),
          operators: ["est:en-retard"],
        },
      }),
    );
    await screen.findByText("Camille Renaud");
    await desk.user.keyboard("/");
    const field = await screen.findByRole<HTMLInputElement>("combobox");
    await desk.user.type(field, "bague est:en");
    await desk.user.click(await screen.findByRole("option", { name: /est:en-retard/ }));
    expect(field.value).toBe("bague est:en-retard ");
    expect(await screen.findByRole("option", { name: /Paul Delmas/ })).toBeTruthy();
  });
});

describe("what was found", () => {
  test("is shown as text with its hits marked, and walked by j and k", async () => {
    const desk = renderDesk("/search?q=bague", routes());
    const first = await screen.findByRole("link", { name: /Camille Renaud/ });
    expect(first.textContent).toContain("<b>trop</b>");
    expect([...first.querySelectorAll("mark")].map((it) => it.textContent)).toEqual(["bague", "bague"]);
    await desk.user.keyboard("jj");
    expect(document.activeElement).toBe(screen.getByRole("link", { name: /Paul Delmas/ }));
    await desk.user.keyboard("k{Enter}");
    await waitFor(() => expect(desk.path()).toMatch(/\/32$/));
  });

  test("offers a person's letters, and to look further back", async () => {
    const pages = [answer({ conversations: [], next: "c1", further: true }), answer()];
    const desk = renderDesk("/search?q=bague", routes({ "GET /search": () => pages.shift() ?? answer() }));
    await desk.user.click(await screen.findByRole("button", { name: "Chercher plus loin dans le passé" }));
    await screen.findByRole("link", { name: /Camille Renaud/ });
    await desk.user.click(screen.getByRole("button", { name: /Inès Belkacem/ }));
    await waitFor(() =>
      expect(screen.getByRole<HTMLInputElement>("searchbox").value).toBe("from:ines@example.org"),
    );
  });

  test("says which operator is wrong, in the person's language", async () => {
    renderDesk(
      "/search?q=est:bleu",
      routes({
        "GET /search": new Refusal(422, { code: "invalid", detail: "In “est:”, “bleu” is not known." }),
      }),
    );
    expect((await screen.findByRole("alert")).textContent).toContain("bleu");
    expect(screen.getByRole("alert").textContent).toContain("n’est pas connu");
  });

  test("says that nothing matches", async () => {
    renderDesk("/search?q=zzz", routes({ "GET /search": answer({ conversations: [], people: [] }) }));
    expect(await screen.findByText(/Rien ne correspond/)).toBeTruthy();
  });
});
