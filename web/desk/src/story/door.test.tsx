import { screen, waitFor } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { deskRoutes, Refusal, veronica } from "./fake-server";
import { renderDesk } from "./render-desk";

describe("the door", () => {
  test("asks a stranger to sign in, then for the second step, and lets in", async () => {
    let inside = false;
    const desk = renderDesk(
      "/owed",
      deskRoutes({
        "GET /me": () => (inside ? veronica() : new Refusal(401, { code: "unauthenticated" })),
        "POST /session": (body: Record<string, unknown>) => {
          if (!body.code) return new Refusal(401, { code: "code_needed" });
          inside = body.code === "123456";
          return inside ? veronica() : new Refusal(401, { code: "code_needed" });
        },
      }),
    );
    await desk.user.type(await screen.findByLabelText("Adresse mail"), "veronica@maison-lila.exemple");
    await desk.user.type(screen.getByLabelText("Mot de passe"), "une phrase de passe");
    await desk.user.click(screen.getByRole("button", { name: "Se connecter" }));

    const code = await screen.findByLabelText("Code à six chiffres");
    await desk.user.type(code, "000000{Enter}");
    await screen.findByText(/Ce code ne va pas/);
    await desk.user.clear(code);
    await desk.user.type(code, "123456{Enter}");
    await waitFor(() => expect(desk.path()).toBe("/owed"));
    await screen.findByText("Camille Renaud");
  });

  test("tells how long it is locked after too many tries", async () => {
    const desk = renderDesk(
      "/sign-in",
      deskRoutes({
        "POST /session": new Refusal(423, {
          code: "locked",
          detail: "Trop d’essais. Réessayez dans 15 minutes.",
        }),
      }),
    );
    await desk.user.type(await screen.findByLabelText("Adresse mail"), "v@maison-lila.exemple");
    await desk.user.type(screen.getByLabelText("Mot de passe"), "faux{Enter}");
    await screen.findByText("Trop d’essais. Réessayez dans 15 minutes.");
  });
});

describe("a fresh desk", () => {
  const fresh = { state: "fresh", allowed: true, needs_token: false, demo_people: [], version: "" };

  test("opens on its first page and shows a demo shop", async () => {
    let inside = false;
    const desk = renderDesk(
      "/",
      deskRoutes({
        "GET /setup": fresh,
        "GET /me": () => (inside ? veronica() : new Refusal(401, { code: "unauthenticated" })),
        "POST /setup/demo": () => {
          inside = true;
          return { signed_in: true };
        },
      }),
    );
    await desk.user.click(await screen.findByRole("button", { name: "Explorer la démonstration" }));
    await waitFor(() => expect(desk.path()).toBe("/owed"));
    await screen.findByText("Camille Renaud");
  });

  test("from another machine, asks for the token that the server printed", async () => {
    let allowed = false;
    const desk = renderDesk(
      "/setup",
      deskRoutes({
        "GET /setup": () => ({ ...fresh, allowed, needs_token: true }),
        "POST /setup/token": (body: Record<string, unknown>) => {
          allowed = body.token === "lila-42";
          return allowed ? {} : new Refusal(403, { code: "forbidden", detail: "Ce jeton n’est pas le bon." });
        },
      }),
    );
    await desk.user.type(await screen.findByLabelText("Jeton"), "lila-41{Enter}");
    await screen.findByText("Ce jeton n’est pas le bon.");
    await desk.user.clear(screen.getByLabelText("Jeton"));
    await desk.user.type(screen.getByLabelText("Jeton"), "lila-42{Enter}");
    await screen.findByRole("button", { name: "Installer ma boutique" });
  });

  test("sets up a shop without a mailbox, in five steps, and writes nothing before the last", async () => {
    const desk = renderDesk(
      "/setup",
      deskRoutes({ "GET /setup": fresh, "GET /setup/presets": [], "POST /setup/shop": { signed_in: true } }),
    );
    const next = () => desk.user.click(screen.getByRole("button", { name: "Continuer" }));
    await desk.user.click(await screen.findByRole("button", { name: "Installer ma boutique" }));
    await desk.user.type(await screen.findByLabelText("Nom de la boutique"), "Maison Lila");
    await next();
    await desk.user.type(await screen.findByLabelText("Prénom et nom"), "Véronica Imbert");
    await desk.user.type(screen.getByLabelText("Adresse mail"), "veronica@maison-lila.exemple");
    await desk.user.type(screen.getByLabelText("Mot de passe"), "une phrase de passe");
    await next();
    await desk.user.click(await screen.findByRole("button", { name: "Plus tard" }));
    await screen.findByText("Lundi");
    await next();
    expect(desk.asked("POST /setup/shop")).toHaveLength(0);
    await desk.user.click(await screen.findByRole("button", { name: "Ouvrir le comptoir" }));
    await waitFor(() => expect(desk.asked("POST /setup/shop")).toHaveLength(1));
    expect(desk.asked("POST /setup/shop")[0]?.body).toMatchObject({
      shop: { name: "Maison Lila", holidays: "FR" },
      person: { name: "Véronica Imbert", language: "fr" },
      mailbox: null,
      delay: { kind: "open_days", n: 1 },
      owed_since: "now",
    });
  });
});
