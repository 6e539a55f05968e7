import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { camille, deskRoutes, draft, message, Refusal, type Routes } from "./fake-server";
import { renderDesk } from "./render-desk";

const asked = message(4, "Camille Renaud", "Où est mon colis ? Pouvez-vous le livrer samedi ?");
const written = "<p>Bonjour Camille, il part dans les meilleurs délais.</p>";
const delivery = { id: 44, state: "scheduled", undo_until: new Date(Date.now() + 600_000).toISOString() };

const lost = {
  id: 7,
  folder: 1,
  title: "Colis perdu",
  shortcut: "perdu",
  languages: ["fr"],
  missing_language: "",
  preview: "Bonjour Camille, votre colis…",
  actions: [{ kind: "close" }],
  uses: 3,
  used_at: null,
  review_on: "",
  review_due: false,
  owner: null,
  personal: false,
  archived: false,
  may_edit: true,
  revision: 1,
};
const saved = { answers: [lost], folders: [{ id: 1, name: "Livraison", answers: 1 }] };

const writing = (more: Routes = {}, html = written) =>
  deskRoutes({
    "GET /conversations/32": camille([asked], { draft: draft(html, 4) }),
    "PUT /conversations/32/draft": (body: Record<string, unknown>) => ({
      ...draft(String(body.html), 4),
      revision: 9,
    }),
    "POST /conversations/32/replies": { message: {}, delivery },
    ...more,
  });

const editor = () => screen.findByRole("textbox", { name: /Répondre à Camille/ });
const sendButton = () => screen.findByRole("button", { name: /^(Envoyer|Programmer)/ });

/** As a person types: happy-dom has no editing of its own. */
async function type(desk: ReturnType<typeof renderDesk>, text: string) {
  const box = await editor();
  const { editor: tiptap } = box as unknown as {
    editor: { commands: { focus: (at: string) => void; insertContent: (text: string) => void } };
  };
  act(() => {
    tiptap.commands.focus("end");
    tiptap.commands.insertContent(text);
  });
  return { box, press: (key: string) => desk.user.keyboard(key) };
}

describe("saved answers behind the slash", () => {
  test("are found as one types, put in, counted, and propose what comes after", async () => {
    const desk = renderDesk(
      "/owed/32",
      writing({
        "GET /saved-answers": saved,
        "GET /saved-answers/7/rendered": {
          language: "fr",
          missing_language: "",
          languages: ["fr"],
          html: "<p>Votre colis {{order.number}} est perdu.</p>",
          holes: ["order.number"],
          actions: lost.actions,
        },
        "POST /saved-answers/7/used": {},
        "POST /conversations/32/close": {},
      }),
    );
    await type(desk, " /per");
    await desk.user.click(await screen.findByRole("option", { name: /Colis perdu/ }));
    await waitFor(async () =>
      expect((await editor()).textContent).toContain("Votre colis {{order.number}} est perdu."),
    );
    expect((await editor()).textContent).not.toContain("/per");
    expect((await editor()).querySelector(".hole")?.textContent).toBe("{{order.number}}");
    expect(desk.asked("POST /saved-answers/7/used")).toHaveLength(1);

    await desk.user.click(await sendButton());
    await screen.findByText(/La réponse type propose.: terminer\./);
    await desk.user.click(screen.getByRole("button", { name: /^Faire/ }));
    await waitFor(() => expect(desk.asked("POST /conversations/32/close")).toHaveLength(1));
  });

  test("say when there is no text in the customer's language, and never replace it unasked", async () => {
    const desk = renderDesk(
      "/owed/32",
      writing({
        "GET /saved-answers": { ...saved, answers: [{ ...lost, missing_language: "fr", languages: ["en"] }] },
        "GET /saved-answers/7/rendered": (_: unknown, url: URL) =>
          url.searchParams.get("lang") === "fr"
            ? { language: "fr", missing_language: "fr", languages: ["en"], html: "", holes: [], actions: [] }
            : {
                language: "en",
                missing_language: "",
                languages: ["en"],
                html: "<p>Your parcel is lost.</p>",
                holes: [],
                actions: [],
              },
        "POST /saved-answers/7/used": {},
      }),
    );
    await type(desk, " /");
    await desk.user.click(await screen.findByRole("option", { name: /pas en français/ }));
    await screen.findByText(/n’existe pas en français/);
    expect((await editor()).textContent).not.toContain("parcel");
    await desk.user.click(screen.getByRole("button", { name: /Insérer le texte en anglais/ }));
    await waitFor(async () => expect((await editor()).textContent).toContain("Your parcel is lost."));
  });
});

describe("what stands beside the words", () => {
  const finding = {
    rule: "vague_delay",
    severity: "warn",
    start: 20,
    end: 45,
    words: "dans les meilleurs délais",
    advice_fr: "Une date plutôt qu’un délai vague.",
    advice_en: "A date.",
    fix: "au plus tard le 26/11/2026",
    key: "vague_delay: dans les meilleurs délais",
  };

  test("the guard's fix is one press away, and a false alarm stays dismissed", async () => {
    const desk = renderDesk("/owed/32", writing({ "POST /conversations/32/check": { findings: [finding] } }));
    await desk.user.click(await screen.findByRole("button", { name: "Fausse alerte" }, { timeout: 3000 }));
    expect(screen.queryByText(/Une date plutôt/)).toBeNull();
    await waitFor(
      () =>
        expect(desk.asked("PUT /conversations/32/draft").at(-1)?.body.options).toEqual({
          dismissed: [finding.key],
        }),
      { timeout: 3000 },
    );
  });

  test("the fix takes the place of the words", async () => {
    const desk = renderDesk("/owed/32", writing({ "POST /conversations/32/check": { findings: [finding] } }));
    await desk.user.click(await screen.findByRole("button", { name: /au plus tard le/ }, { timeout: 3000 }));
    await waitFor(async () =>
      expect((await editor()).textContent).toBe("Bonjour Camille, il part au plus tard le 26/11/2026."),
    );
  });

  test("questions are ticked by hand, and what is left is said on sending", async () => {
    const desk = renderDesk(
      "/owed/32",
      writing({
        "POST /conversations/32/check": {
          findings: [],
          promises: [],
          questions: [
            { words: "Où est mon colis ?", answered: false },
            { words: "Pouvez-vous le livrer samedi ?", answered: false },
          ],
        },
      }),
    );
    await screen.findByText("0 questions sur 2 répondues", undefined, { timeout: 3000 });
    await desk.user.click(screen.getByRole("checkbox", { name: "Où est mon colis ?" }));
    await screen.findByText("1 questions sur 2 répondues");
    await desk.user.click(await sendButton());
    await screen.findByText(/une question sans réponse.: Pouvez-vous le livrer samedi/, {
      selector: "[aria-hidden]",
    });
    expect(desk.asked("POST /conversations/32/replies")[0]?.body.options).toEqual({
      answered: ["Où est mon colis ?"],
    });
  });

  test("promises in the text go along, less those that are taken out", async () => {
    const due = new Date(Date.now() + 86_400_000).toISOString();
    const call = { kind: "call_back", title: "Je vous rappelle demain à 10 h", due_at: due, exact: true };
    const desk = renderDesk(
      "/owed/32",
      writing({
        "POST /conversations/32/check": {
          findings: [],
          questions: [],
          promises: [call, { kind: "send", title: "Il part jeudi", due_at: due }],
        },
      }),
    );
    await screen.findByText("2 engagements à l’envoi", undefined, { timeout: 3000 });
    await desk.user.click(screen.getByRole("button", { name: /Ne pas noter.: Il part jeudi/ }));
    await screen.findByText("1 engagement à l’envoi");
    await desk.user.click(await sendButton());
    await waitFor(() => expect(desk.asked("POST /conversations/32/replies")).toHaveLength(1));
    expect(desk.asked("POST /conversations/32/replies")[0]?.body.promises).toEqual([call]);
  });
});

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
