import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { camille, deskRoutes, message, veronica } from "./fake-server";
import { renderDesk } from "./render-desk";

const labels = {
  reasons: [
    { id: 1, parent: 0, name: "Livraison", position: 0, archived: false },
    { id: 2, parent: 1, name: "Colis perdu", position: 0, archived: false },
    { id: 3, parent: 1, name: "Ancien motif", position: 1, archived: true },
  ],
  tags: [{ id: 5, name: "Noël", colour: "green", archived: false }],
  fields: [],
  products: ["Bague Lila"],
  causes: [],
};

describe("what is noted of a conversation", () => {
  test("is one key away: M for the reason, L for a tag", async () => {
    const now = camille([message(4, "Camille Renaud", "Où est mon colis ?")]);
    const asked: unknown[] = [];
    const answer = (body: unknown) => {
      asked.push(body);
      return { ...now, undo: null };
    };
    const desk = renderDesk(
      "/owed/32",
      deskRoutes({
        "GET /labels": labels,
        "GET /conversations/32": now,
        "POST /conversations/32/reason": answer,
        "POST /conversations/32/tag": answer,
      }),
    );
    await screen.findAllByText("Où est mon colis ?");
    await desk.user.keyboard("m");
    const dialog = await screen.findByRole("dialog", { name: "Classement" });
    const reason = await within(dialog).findByLabelText("Motif");
    expect(within(reason).queryByText("Ancien motif")).toBeNull();
    await desk.user.selectOptions(reason, "Colis perdu");
    await waitFor(() => expect(asked).toContainEqual({ reason: 2, product: "", cause: "" }));

    const tag = within(dialog).getByRole("combobox", { name: "Étiquettes" });
    await desk.user.type(tag, "Fête{Enter}");
    await waitFor(() => expect(asked).toContainEqual({ name: "Fête", on: true }));
  });

  test("whom it is given to, its urgency and its language are picked by typing", async () => {
    const now = camille([message(4, "Camille Renaud", "Où est mon colis ?")]);
    const desk = renderDesk(
      "/owed/32",
      deskRoutes({
        "GET /conversations/32": now,
        "GET /people": {
          items: [
            { id: 2, name: "Marc Olivier", active: true },
            { id: 1, name: "Véronica Imbert", active: true },
            { id: 4, name: "Paula Partie", active: false },
          ],
        },
        "GET /teams": { items: [{ id: 3, name: "Atelier", members: [], lead: null, archived: false }] },
        "POST /conversations/32/assign": { ...now, undo: null },
        "POST /conversations/32/team": { ...now, undo: null },
        "POST /conversations/32/priority": { ...now, undo: null },
        "POST /conversations/32/language": { ...now, undo: null },
      }),
    );
    await screen.findAllByText("Où est mon colis ?");
    await desk.user.keyboard("a");
    await screen.findByRole("combobox", { name: "Confier à" });
    const offered = screen.getAllByRole("option").map(({ textContent }) => textContent);
    expect(offered).toEqual(["Moi", "Marc Olivier", "Équipe Atelier", "Personne"]);
    await desk.user.keyboard("atel{Enter}");
    await waitFor(() => expect(desk.asked("POST /conversations/32/team")[0]?.body).toEqual({ team: 3 }));
    await desk.user.keyboard("t");
    await waitFor(() => expect(desk.asked("POST /conversations/32/assign")[0]?.body).toEqual({ person: 1 }));
    await desk.user.keyboard("p");
    await screen.findByRole("combobox", { name: "Priorité" });
    await desk.user.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    await waitFor(() =>
      expect(desk.asked("POST /conversations/32/priority")[0]?.body).toEqual({ priority: -1 }),
    );
    await desk.user.keyboard("v");
    await screen.findByRole("combobox", { name: "Langue" });
    await desk.user.keyboard("xyz");
    expect(screen.getByText("Rien ne porte ce nom.")).toBeTruthy();
    await desk.user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("combobox", { name: "Langue" })).toBeNull());
    expect(desk.asked("POST /conversations/32/language")).toEqual([]);
  });

  test("each way to move it has its key: snooze, link, merge, print", async () => {
    const desk = renderDesk("/owed/32", deskRoutes({ "GET /labels": labels }));
    await screen.findAllByText("Où est mon colis ?");
    for (const [key, title] of [
      ["s", "Reporter"],
      ["u", "Lier à une autre demande"],
      ["g", "Regrouper"],
      ["{Control>}p{/Control}", "Imprimer ou PDF"],
    ] as const) {
      await desk.user.keyboard(key);
      await screen.findByRole("dialog", { name: title });
      await desk.user.keyboard("{Escape}");
      await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    }
  });

  test("following and what is for me are hidden from a shop of one", async () => {
    const desk = renderDesk("/owed/32", deskRoutes({ "GET /me": veronica(1), "GET /labels": labels }));
    await screen.findAllByText("Où est mon colis ?");
    await desk.user.click(screen.getByRole("button", { name: "Autres actions" }));
    expect(await screen.findByRole("menuitem", { name: /Motif/ })).toBeTruthy();
    expect(screen.queryByRole("menuitem", { name: /Suivre/ })).toBeNull();
    expect(screen.queryByRole("button", { name: /Pour moi/ })).toBeNull();
  });

  test("whom it was given to is told by name", async () => {
    const given = (person: string | null, data: Record<string, unknown>) => ({
      type: "event" as const,
      at: new Date(Date.now() - 60_000 * Object.keys(data).length).toISOString(),
      event: { kind: "conversation.assigned", person, data },
    });
    const now = camille([message(4, "Camille Renaud", "Où est mon colis ?")]);
    now.timeline.push(
      given("Véronica Imbert", { team: 3, team_name: "Atelier" }),
      given("Véronica Imbert", { to: 2, to_name: "Marc Olivier", n: 1 }),
      given("Marc Olivier", { to: 2, to_name: "Marc Olivier", n: 1, m: 1 }),
      given(null, { to: 0, n: 1, m: 1, o: 1 }),
    );
    renderDesk("/owed/32", deskRoutes({ "GET /conversations/32": now }));
    for (const words of [
      "Véronica Imbert a confié à l’équipe Atelier",
      "Véronica Imbert a confié à Marc Olivier",
      "Marc Olivier a pris la demande",
      "Remise à prendre",
    ]) {
      expect(await screen.findByText(words)).toBeTruthy();
    }
  });

  test("a mention brings one to its conversation", async () => {
    const desk = renderDesk(
      "/owed",
      deskRoutes({
        "GET /notices": {
          items: [
            {
              id: 1,
              kind: "mention",
              conversation: 32,
              subject: "Où est mon colis ?",
              customer: "Camille Renaud",
              by: { id: 2, name: "Marc Petit" },
              snippet: "@Véronica, tu connais ?",
              at: new Date().toISOString(),
              seen: false,
            },
          ],
          next: "",
          unseen: 1,
        },
      }),
    );
    await desk.user.click(await screen.findByRole("button", { name: /Pour moi.*1/ }));
    await desk.user.click(await screen.findByRole("button", { name: /Marc Petit vous mentionne/ }));
    await waitFor(() => expect(desk.path()).toBe("/owed/32"));
  });
});
