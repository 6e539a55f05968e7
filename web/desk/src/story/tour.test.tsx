import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { did } from "@/shared/tour/deeds";
import { deskRoutes, veronica } from "./fake-server";
import { renderDesk } from "./render-desk";

const newcomer = (tour = "") => {
  const me = veronica();
  return { ...me, person: { ...me.person, tour }, shop: { ...me.shop, demo: true } };
};
const routes = (tour = "") => {
  let now = newcomer(tour);
  return deskRoutes({
    "GET /me": () => now,
    "PATCH /me": (body: Record<string, unknown>) => {
      now = newcomer(String(body.tour ?? ""));
      return now;
    },
  });
};

describe("the tour of the first day", () => {
  test("goes on by what is done, from the list to the promise kept", async () => {
    const desk = renderDesk("/owed", routes());
    await desk.user.click(await screen.findByRole("button", { name: "Commencer" }));
    await screen.findByText("Premier jour · 1 sur 6");
    await desk.user.keyboard("j");
    await screen.findByText("Premier jour · 2 sur 6");
    await screen.findByRole("heading", { name: "Où est mon colis ?" });
    await desk.user.keyboard("r");
    await screen.findByText("Premier jour · 3 sur 6");
    act(() => did("inserted"));
    await screen.findByText("Premier jour · 4 sur 6");
    act(() => did("stopped"));
    await screen.findByText("Premier jour · 5 sur 6");
    act(() => did("sent"));
    await desk.user.click(await screen.findByRole("button", { name: "Terminer la visite" }));
    await waitFor(() => expect(screen.queryByText(/Premier jour/)).toBeNull());
    expect(desk.asked("PATCH /me").map(({ body }) => body.tour)).toEqual([
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "done",
    ]);
    expect(document.activeElement).toBe(document.getElementById("page"));
  });

  test("who is ahead is believed, and who repeats a step loses nothing", async () => {
    renderDesk("/owed", routes("4"));
    await screen.findByText("Premier jour · 4 sur 6");
    act(() => did("answering"));
    expect(screen.getByText("Premier jour · 4 sur 6")).toBeTruthy();
    act(() => did("sent"));
    await screen.findByText("Premier jour · 6 sur 6");
  });

  test("can be left, keeps the focus, stays away, and comes back by the palette", async () => {
    const desk = renderDesk("/owed", routes());
    const no = await screen.findByRole("button", { name: "Non merci" });
    no.focus();
    await desk.user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByText("Votre premier jour")).toBeNull());
    expect(desk.asked("PATCH /me")[0]?.body).toEqual({ tour: "skipped" });
    expect(document.activeElement).toBe(document.getElementById("page"));
    await desk.user.keyboard("{Control>}k{/Control}");
    await desk.user.type(await screen.findByRole("combobox", { name: "Rechercher ou agir" }), "visite");
    await screen.findByRole("option", { name: /Visite du premier jour/ });
    await desk.user.keyboard("{ArrowDown}{Enter}");
    await screen.findByText("Premier jour · 1 sur 6");
  });

  test("is not offered in a shop of one's own, nor to whoever had it", async () => {
    renderDesk("/owed", deskRoutes());
    await screen.findByText("Camille Renaud");
    expect(screen.queryByText("Votre premier jour")).toBeNull();
  });
});
