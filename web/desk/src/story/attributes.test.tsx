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

    const tag = within(dialog).getByLabelText("Ajouter une étiquette");
    await desk.user.type(tag, "Fête{Enter}");
    await waitFor(() => expect(asked).toContainEqual({ name: "Fête", on: true }));
  });

  test("following and what is for me are hidden from a shop of one", async () => {
    const desk = renderDesk("/owed/32", deskRoutes({ "GET /me": veronica(1), "GET /labels": labels }));
    await screen.findAllByText("Où est mon colis ?");
    await desk.user.click(screen.getByRole("button", { name: "Autres actions" }));
    expect(await screen.findByRole("menuitem", { name: /Motif/ })).toBeTruthy();
    expect(screen.queryByRole("menuitem", { name: /Suivre/ })).toBeNull();
    expect(screen.queryByRole("button", { name: /Pour moi/ })).toBeNull();
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
