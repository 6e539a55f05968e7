import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { camille, deskRoutes, draft, message, Refusal } from "./fake-server";
import { renderDesk } from "./render-desk";
import { asked, editor, sendButton, type, writing } from "./writing";

describe("ways to leave", () => {
  test("later, at a time that the shop's hours propose", async () => {
    const at = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const desk = renderDesk("/owed/32", writing({ "GET /send-times": { times: [{ name: "opening", at }] } }));
    await sendButton();
    await desk.user.click(screen.getByRole("button", { name: "Plus tard" }));
    await desk.user.click(await screen.findByRole("button", { name: /À l’ouverture/ }));
    await screen.findByText(/^Partira/);
    await desk.user.click(await screen.findByRole("button", { name: /Programmer/ }));
    await waitFor(() => expect(desk.asked("POST /conversations/32/replies")[0]?.body.send_at).toBe(at));
  });

  test("a scheduled answer shows in the conversation and is taken back from there", async () => {
    const waiting = message(5, "Véronica", "Il part lundi.", {
      direction: "out",
      kind: "answer",
      delivery: {
        id: 44,
        state: "scheduled",
        not_before: new Date(Date.now() + 86_400_000).toISOString(),
        next_attempt_at: null,
        attempts: 0,
        uncertain: 0,
        detail: "",
        recipients: [],
        undo_until: null,
      },
    });
    const desk = renderDesk(
      "/owed/32",
      deskRoutes({ "GET /conversations/32": camille([asked, waiting]), "POST /deliveries/44/undo": {} }),
    );
    await desk.user.click(await screen.findByRole("button", { name: "Annuler et reprendre" }));
    await waitFor(() => expect(desk.asked("POST /deliveries/44/undo")).toHaveLength(1));
  });

  test("to somebody else, with the files, and the customer stays owed", async () => {
    const photo = {
      id: 12,
      name: "bague.jpg",
      type: "image/jpeg",
      size: 900,
      inline: false,
      thumbnail: true,
      dangerous: false,
    };
    const desk = renderDesk(
      "/owed/32",
      writing({ "GET /conversations/32": camille([{ ...asked, attachments: [photo] }]) }),
    );
    await desk.user.click(await screen.findByRole("button", { name: "Transférer" }));
    await screen.findByText(/Le client ne reçoit rien/);
    await desk.user.type(await screen.findByRole("textbox", { name: "À" }), "atelier@moreau.exemple");
    const composer = screen.getByRole("region", { name: "Répondre" });
    await desk.user.click(
      (await within(composer).findAllByRole("button", { name: /^Transférer/ })).at(-1) as Element,
    );
    await waitFor(() => expect(desk.asked("POST /conversations/32/replies")).toHaveLength(1));
    expect(desk.asked("POST /conversations/32/replies")[0]?.body).toMatchObject({
      to: [{ address: "atelier@moreau.exemple" }],
      attachments: [12],
      options: { forward: 4 },
    });
  });
});

test("two people on one draft see both texts and may keep both", async () => {
  const desk = renderDesk(
    "/owed/32",
    writing({
      "PUT /conversations/32/draft": (body: Record<string, unknown>) =>
        body.revision === 9
          ? { ...draft(String(body.html), 4), revision: 10 }
          : new Refusal(409, {
              code: "stale",
              current: {
                ...draft("<p>Marc a écrit ceci</p>", 4),
                revision: 9,
                updated_by: { id: 2, name: "Marc" },
              },
            }),
    }),
  );
  await type(desk, " Et le suivi est là.");
  await screen.findByText(/Marc a enregistré un autre texte/, undefined, { timeout: 3000 });
  expect(screen.getByText("Marc a écrit ceci")).toBeTruthy();
  await desk.user.click(screen.getByRole("button", { name: "Les deux" }));
  await waitFor(async () => {
    const text = (await editor()).textContent ?? "";
    expect(text).toContain("Marc a écrit ceci");
    expect(text).toContain("Et le suivi est là.");
  });
  await waitFor(
    () => expect(desk.asked("PUT /conversations/32/draft").at(-1)?.body).toMatchObject({ revision: 9 }),
    { timeout: 3000 },
  );
});
