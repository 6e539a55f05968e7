import { screen, waitFor } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { renderDesk } from "./render-desk";
import { editor, lost, saved, sendButton, type, writing } from "./writing";

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
    await desk.user.click(await screen.findByRole("button", { name: /^Fausse alerte/ }, { timeout: 3000 }));
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
