import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { camille, deskRoutes, message, Refusal, row, veronica } from "./fake-server";
import { renderDesk } from "./render-desk";

describe("the owed list", () => {
  test("says who, what and when it is due", async () => {
    renderDesk(
      "/owed",
      deskRoutes({
        "GET /conversations": {
          items: [
            row(32, "Camille Renaud", {
              due_at: new Date(Date.now() - 70 * 60_000).toISOString(),
              state: "broken",
              reminders: 2,
            }),
          ],
          next: "",
        },
      }),
    );
    const line = await screen.findByRole("link", { name: /Camille Renaud/ });
    expect(line.textContent?.replace(/\u00a0/g, " ")).toContain("en retard d’1 h 10");
    expect(line.textContent).toContain("2e relance");
  });

  test("stays still while mail arrives, and counts what waits", async () => {
    let items = [row(32, "Camille Renaud"), row(33, "Paul Delmas")];
    const desk = renderDesk("/owed", deskRoutes({ "GET /conversations": () => ({ items, next: "" }) }));
    await screen.findByText("Camille Renaud");

    items = [row(40, "Inès Belkacem"), ...items];
    act(() => desk.live({ cursor: "e1.5", events: [{ kind: "message.received", conversation: 40 }] }));
    const fresh = await screen.findByRole("button", { name: "1 nouvelle" });
    expect(screen.queryByText("Inès Belkacem")).toBeNull();
    await desk.user.click(fresh);
    const called = await screen.findByRole("link", { name: /Inès Belkacem/ });
    expect(document.activeElement).toBe(called);
  });

  test("with one person, hides what only a team needs", async () => {
    renderDesk("/owed", deskRoutes({ "GET /me": veronica(1) }));
    const nav = await screen.findByRole("navigation", { name: "Listes" });
    expect(within(nav).queryByText("À prendre")).toBeNull();
    expect(within(nav).queryByText("À moi")).toBeNull();
    expect(within(nav).getByText("Attend le client")).toBeTruthy();
  });

  test("is walked by j and k, and n goes to the next one owed", async () => {
    const desk = renderDesk(
      "/owed",
      deskRoutes({
        "GET /conversations/33": camille([message(8, "Paul Delmas", "Bonjour")], { id: 33 }),
        "GET /next": { id: 33 },
      }),
    );
    await screen.findByText("Camille Renaud");
    await desk.user.keyboard("j");
    await waitFor(() => expect(desk.path()).toBe("/owed/32"));
    await desk.user.keyboard("n");
    await waitFor(() => expect(desk.path()).toBe("/owed/33"));
    await desk.user.keyboard("k");
    await waitFor(() => expect(desk.path()).toBe("/owed/32"));
  });

  test("that cannot be read says so and offers to try again", async () => {
    let down = true;
    const desk = renderDesk(
      "/owed",
      deskRoutes({
        "GET /conversations": () =>
          down ? new Refusal(422, { detail: "Cette liste est en réfection." }) : { items: [], next: "" },
      }),
    );
    await screen.findByText("Cette liste est en réfection.");
    down = false;
    await desk.user.click(screen.getByRole("button", { name: "Réessayer" }));
    await screen.findByText("Vous êtes à jour");
  });
});

describe("a conversation", () => {
  test("that is still owed is not closed by silence", async () => {
    const owed = {
      id: 7,
      kind: "answer",
      title: "",
      due_at: new Date(Date.now() + 3_600_000).toISOString(),
      near_at: null,
      state: "open",
      mark: "",
      late: false,
      basis: "shop",
      in_charge: null,
      opened_at: new Date().toISOString(),
      closed_at: null,
      reason: "",
      covers: [4],
    } as const;
    const asked = camille([message(4, "Camille Renaud", "Bonjour")], {
      promises: [{ ...owed, covers: [4] }],
    });
    const desk = renderDesk(
      "/owed/32",
      deskRoutes({
        "GET /conversations/32": asked,
        "POST /conversations/32/waive": asked,
        "GET /next": { id: null },
      }),
    );
    await screen.findByRole("heading", { name: "Où est mon colis ?" });
    await desk.user.keyboard("e");
    await desk.user.type(await screen.findByLabelText("Pourquoi"), "répondu au téléphone");
    expect(desk.asked("POST /conversations/32/close")).toHaveLength(0);
    await desk.user.click(screen.getByRole("button", { name: "Classer sans réponse" }));
    await waitFor(() =>
      expect(desk.asked("POST /conversations/32/waive")[0]?.body).toEqual({
        promise: 7,
        reason: "répondu au téléphone",
      }),
    );
    await waitFor(() => expect(desk.path()).toBe("/owed"));
  });

  test("shows hostile words as words", async () => {
    const nasty = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
    renderDesk(
      "/owed/32",
      deskRoutes({ "GET /conversations/32": camille([message(4, nasty, nasty)], { subject: nasty }) }),
    );
    expect((await screen.findAllByText(nasty)).length).toBeGreaterThan(2);
    expect(document.querySelector("img[src=x],script")).toBeNull();
  });

  test("puts the formatted mail into a frame that can do nothing", async () => {
    const desk = renderDesk(
      "/owed/32",
      deskRoutes({
        "GET /conversations/32": camille([
          message(4, "Camille", "x", { has_html: true, remote_blocked: true }),
        ]),
      }),
    );
    await desk.user.click(await screen.findByRole("button", { name: "Voir la mise en forme" }));
    const frame = screen.getByTitle("Message mis en forme");
    expect(frame.getAttribute("sandbox")).toBe("allow-popups allow-popups-to-escape-sandbox");
    expect(frame.getAttribute("src")).toContain("remote=0");
    await desk.user.click(screen.getByRole("button", { name: "Afficher les images distantes" }));
    expect(frame.getAttribute("src")).toContain("remote=1");
  });
});

test("a contact is noted by keyboard alone", async () => {
  const desk = renderDesk(
    "/owed",
    deskRoutes({ "GET /customers": { items: [] }, "POST /contacts": { conversation: 32 } }),
  );
  await screen.findByText("Camille Renaud");
  await desk.user.keyboard("c");
  const who = await screen.findByLabelText("Qui");
  await waitFor(() => expect(document.activeElement).toBe(who));
  await desk.user.keyboard("Luc Aubry 06 12 34 56 78{Tab}Veut une gravure{Control>}{Enter}{/Control}");
  await waitFor(() => expect(desk.asked("POST /contacts")).toHaveLength(1));
  expect(desk.asked("POST /contacts")[0]?.body).toMatchObject({
    channel: "phone",
    customer: { name: "Luc Aubry", phone: "06 12 34 56 78" },
    text: "Veut une gravure",
    promised: null,
    answered: true,
  });
  await waitFor(() => expect(desk.path()).toBe("/owed/32"));
});
