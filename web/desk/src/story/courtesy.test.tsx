import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { deskRoutes, row } from "./fake-server";
import { renderDesk } from "./render-desk";

test("Véronica files the thank-yous; the tray empties before the server has answered, and she is told all the same", async () => {
  let waiting = [row(41, "Odile Perrin"), row(42, "Thomas Aubert")];
  let answer: (said: unknown) => void = () => undefined;
  const desk = renderDesk(
    "/courtesy",
    deskRoutes({
      "GET /conversations": () => ({ items: waiting, next: "" }),
      "POST /courtesy/waive": () => new Promise((resolve) => (answer = resolve)),
    }),
  );
  await desk.user.click(await screen.findByRole("button", { name: /^Classer les 2 remerciements/ }));
  waiting = [];
  desk.live({ cursor: "7", events: [{ kind: "promise.waived", conversation: 41 }] });
  await screen.findByText("Pas de remerciement en attente");
  answer({ ids: [41, 42], count: 2 });
  expect(await screen.findByText("2 remerciements classés")).toBeTruthy();
});
