import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { deskRoutes, veronica } from "./fake-server";
import { FakeLive, renderDesk } from "./render-desk";

const people = {
  items: [
    { id: 1, name: "Véronica Imbert", email: "v@maison-lila.exemple", role: "owner", active: true },
    { id: 2, name: "Marc Petit", email: "m@maison-lila.exemple", role: "agent", active: true },
  ],
};
const said = () => FakeLive.all.at(-1)?.said ?? [];

describe("a colleague at the same conversation", () => {
  test("is named where it is open and in the list, and gone after a cut until told anew", async () => {
    const desk = renderDesk("/owed/32", deskRoutes({ "GET /people": people }));
    await screen.findByRole("heading", { name: "Où est mon colis ?" });
    const picture = (writing: boolean) => ({
      cursor: "e1.1",
      presence: [{ conversation: 32, person: 2, writing }],
    });
    act(() => desk.live(picture(false)));
    expect(await screen.findAllByText("Marc lit aussi")).toHaveLength(2);
    act(() => desk.live(picture(true)));
    expect(await screen.findAllByText("Marc écrit…")).toHaveLength(2);
    const line = screen.getByRole("link", { name: /Camille Renaud/ });
    expect(within(line).getByText("Marc écrit…")).toBeTruthy();
    act(() => FakeLive.all.at(-1)?.onclose?.());
    await waitFor(() => expect(screen.queryByText("Marc écrit…")).toBeNull());
  });

  test("hears where one is, and that one types, not that one opened the composer", async () => {
    const desk = renderDesk("/owed/32", deskRoutes({ "GET /people": people }));
    await screen.findByRole("heading", { name: "Où est mon colis ?" });
    await waitFor(() => expect(said()).toContainEqual({ at: 32, writing: false }));
    await desk.user.click(screen.getByRole("button", { name: "Note interne" }));
    expect(said()).not.toContainEqual({ at: 32, writing: true });
    await desk.user.type(screen.getByRole("textbox", { name: "Note interne" }), "v");
    expect(said()).toContainEqual({ at: 32, writing: true });
  });

  test("is nobody in a shop of one, which says nothing", async () => {
    renderDesk("/owed/32", deskRoutes({ "GET /me": veronica(1) }));
    await screen.findByRole("heading", { name: "Où est mon colis ?" });
    expect(said()).not.toContainEqual({ at: 32, writing: false });
  });
});
