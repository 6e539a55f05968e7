import { screen, waitFor } from "@testing-library/react";
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
      "POST /courtesy/restore": { ids: [41, 42], count: 2 },
    }),
  );
  await desk.user.click(await screen.findByRole("button", { name: /^Classer les 2 remerciements/ }));
  waiting = [];
  desk.live({ cursor: "7", events: [{ kind: "promise.waived", conversation: 41 }] });
  await screen.findByText("Pas de remerciement en attente");
  const body = { promises: [7, 8] };
  answer({ ids: [41, 42], count: 2, undo: { method: "POST", path: "/api/v1/courtesy/restore", body } });
  expect(await screen.findByText("2 remerciements classés")).toBeTruthy();
  await desk.user.click(screen.getByRole("button", { name: "Annuler" }));
  await waitFor(() =>
    expect(desk.asked("POST /courtesy/restore")).toEqual([expect.objectContaining({ body })]),
  );
});
