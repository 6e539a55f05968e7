import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { camille, deskRoutes, draft, message, Refusal } from "./fake-server";
import { renderDesk } from "./render-desk";

const asked = message(4, "Camille Renaud", "Où est mon colis ?");
const written = "<p>Bonjour Camille, il arrive le 26/11/2026.</p>";
// Ten seconds in life; here no machine is so busy that they pass before they are seen.
const delivery = { id: 44, state: "scheduled", undo_until: new Date(Date.now() + 600_000).toISOString() };

const sendButton = () => screen.findByRole("button", { name: /^Envoyer/ });

describe("an answer", () => {
  test("leaves with what its author has seen, and can be taken back", async () => {
    const desk = renderDesk(
      "/owed/32",
      deskRoutes({
        "GET /conversations/32": camille([asked], { draft: draft(written, 4) }),
        "POST /conversations/32/replies": { message: {}, delivery },
        "POST /deliveries/44/undo": { draft: draft(written, 4) },
      }),
    );
    await desk.user.click(await sendButton());

    await screen.findByText(/Envoyé dans/, { selector: "[aria-hidden]" });
    const [sent] = desk.asked("POST /conversations/32/replies");
    expect(sent?.body).toMatchObject({
      html: written,
      seen_through: 4,
      to: [{ address: "camille@exemple.fr" }],
      holding_until: null,
      pass_reason: null,
    });
    expect(sent?.body.key).toMatch(/^[0-9a-f-]{36}$/);

    await desk.user.click(screen.getByRole("button", { name: "Annuler" }));
    await waitFor(() => expect(desk.asked("POST /deliveries/44/undo")).toHaveLength(1));
  });

  test("held by the guard says why, and passes with a reason under the same key", async () => {
    const desk = renderDesk(
      "/owed/32",
      deskRoutes({
        "GET /conversations/32": camille([asked], { draft: draft(written, 4) }),
        "POST /conversations/32/replies": (body: Record<string, unknown>) =>
          body.pass_reason
            ? { message: {}, delivery }
            : new Refusal(409, {
                code: "held",
                findings: [
                  {
                    rule: "attachment_missing",
                    severity: "stop",
                    start: 0,
                    end: 8,
                    words: "ci-joint",
                    advice_fr: "Une pièce jointe est annoncée et manque.",
                  },
                ],
              }),
      }),
    );
    await desk.user.click(await sendButton());
    await screen.findByText(/Une pièce jointe est annoncée/);
    expect(screen.getByText("À corriger")).toBeTruthy();

    await desk.user.type(screen.getByLabelText("Pourquoi envoyer quand même"), "déjà envoyée hier");
    await desk.user.click(screen.getByRole("button", { name: "Envoyer quand même" }));
    await waitFor(() => expect(desk.asked("POST /conversations/32/replies")).toHaveLength(2));
    const [first, second] = desk.asked("POST /conversations/32/replies");
    expect(second?.body.pass_reason).toBe("déjà envoyée hier");
    expect(second?.body.key).toBe(first?.body.key);
  });

  test("stops when Camille has written meanwhile, until it has been read", async () => {
    const news = message(5, "Camille Renaud", "Il est arrivé, merci !");
    let now = camille([asked], { draft: draft(written, 4) });
    const desk = renderDesk("/owed/32", deskRoutes({ "GET /conversations/32": () => now }));
    expect(((await sendButton()) as HTMLButtonElement).disabled).toBe(false);

    now = camille([asked, news], { draft: draft(written, 4) });
    act(() => desk.live({ cursor: "e1.9", events: [{ kind: "message.received", conversation: 32 }] }));
    await screen.findByText(/Camille Renaud vient d’écrire/);
    expect(((await sendButton()) as HTMLButtonElement).disabled).toBe(true);

    await desk.user.click(screen.getByRole("button", { name: "C’est lu" }));
    await waitFor(() => expect(screen.queryByText(/vient d’écrire/)).toBeNull());
    expect(((await sendButton()) as HTMLButtonElement).disabled).toBe(false);
  });

  test("stops when another request was merged in, whose mail is older, until it has been read", async () => {
    let now = camille([asked], { draft: draft(written, 4) });
    const desk = renderDesk("/owed/32", deskRoutes({ "GET /conversations/32": () => now }));
    expect(((await sendButton()) as HTMLButtonElement).disabled).toBe(false);

    const invoice = message(3, "Camille Renaud", "Et ma facture ?");
    now = camille([invoice, asked], { draft: draft(written, 4), seen_through: 6 });
    const data = { from: 31, messages: 1, mark: 6 };
    now.timeline.push({
      type: "event",
      at: asked.at,
      event: { kind: "conversation.merged", person: "Marc", data },
    });
    act(() => desk.live({ cursor: "e1.9", events: [{ kind: "conversation.merged", conversation: 32 }] }));
    await screen.findByText(/La demande n°.31 a été regroupée ici/);
    await screen.findByText(/Marc a regroupé ici la demande n°.31/);
    expect(((await sendButton()) as HTMLButtonElement).disabled).toBe(true);

    await desk.user.click(screen.getByRole("button", { name: "C’est lu" }));
    await waitFor(() => expect(screen.queryByText(/a été regroupée ici/)).toBeNull());
    expect(((await sendButton()) as HTMLButtonElement).disabled).toBe(false);
  });

  test("of a colleague on the same draft is not written over", async () => {
    const desk = renderDesk(
      "/owed/32",
      deskRoutes({
        "GET /conversations/32": camille([asked], { draft: draft(written, 4) }),
        "PUT /conversations/32/draft": new Refusal(409, {
          code: "stale",
          current: {
            ...draft("<p>Marc a écrit ceci</p>", 4),
            revision: 9,
            updated_by: { id: 2, name: "Marc" },
          },
        }),
      }),
    );
    await sendButton();
    await desk.user.click(screen.getByRole("button", { name: "Autres choix" }));
    await desk.user.click(await screen.findByRole("menuitem", { name: "Réponse d’attente" }));
    await screen.findByText(/Marc a enregistré un autre texte/);
    await desk.user.click(screen.getByRole("button", { name: "Prendre son texte" }));
    await screen.findByText("Marc a écrit ceci");
  });

  test("has a note beside it that customers never get", async () => {
    const desk = renderDesk("/owed/32", deskRoutes({ "POST /conversations/32/notes": {} }));
    const composer = await screen.findByRole("region", { name: "Répondre" });
    await desk.user.click(within(composer).getByRole("button", { name: "Note interne" }));
    await desk.user.type(
      screen.getByPlaceholderText(/l’équipe/),
      "Vu avec l’atelier{Control>}{Enter}{/Control}",
    );
    await waitFor(() => expect(desk.asked("POST /conversations/32/notes")).toHaveLength(1));
    expect(desk.asked("POST /conversations/32/notes")[0]?.body.html).toBe("<p>Vu avec l’atelier</p>");
    expect(desk.asked("POST /conversations/32/replies")).toHaveLength(0);
  });
});
