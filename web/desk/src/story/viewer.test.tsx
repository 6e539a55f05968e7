import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { Attachment } from "@/shared/api/types";
import { camille, deskRoutes, message } from "./fake-server";
import { renderDesk } from "./render-desk";

const file = (id: number, name: string, type: string, more: Partial<Attachment> = {}): Attachment => ({
  id,
  name,
  type,
  size: 1200,
  inline: false,
  thumbnail: false,
  dangerous: false,
  ...more,
});

describe("what came with a mail", () => {
  test("is looked at by keys, and the focus returns to where it came from", async () => {
    const mail = message(4, "Camille Renaud", "Où est mon colis ?", {
      attachments: [
        file(1, "bague.heic", "image/heic", { thumbnail: true }),
        file(2, "anneau.mp4", "video/mp4"),
        file(3, "facture.pdf", "application/pdf"),
        file(4, "colissimo.exe", "application/octet-stream", { dangerous: true }),
      ],
    });
    const desk = renderDesk("/owed/32", deskRoutes({ "GET /conversations/32": camille([mail]) }));
    const picture = await screen.findByRole("button", { name: "Voir bague.heic" });
    expect(screen.queryByRole("button", { name: /colissimo/ })).toBeNull();
    expect(screen.getByRole("link", { name: /colissimo\.exe/ }).getAttribute("href")).toBe(
      "/api/v1/attachments/4",
    );
    await desk.user.click(picture);
    const first = await screen.findByRole("dialog", { name: "bague.heic" });
    // No browser draws HEIC: the server's own drawing.
    expect(within(first).getByRole("img").getAttribute("src")).toBe(
      "/api/v1/attachments/1/thumbnail?large=1",
    );
    await desk.user.keyboard("{ArrowRight}");
    const film = (await screen.findByLabelText("anneau.mp4", { selector: "video" })) as HTMLVideoElement;
    expect([film.controls, film.autoplay, film.getAttribute("src")]).toEqual([
      true,
      false,
      "/api/v1/attachments/2/view",
    ]);
    await desk.user.keyboard("{ArrowRight}");
    expect((await screen.findByTitle("facture.pdf")).getAttribute("src")).toBe("/api/v1/attachments/3/view");
    await desk.user.keyboard("{ArrowRight}{ArrowLeft}{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(picture));
  });
});

describe("a conversation on paper", () => {
  test("leaves private notes out until they are asked for", async () => {
    const desk = renderDesk("/owed/32", deskRoutes());
    await screen.findAllByText("Où est mon colis ?");
    await desk.user.keyboard("{Control>}p{/Control}");
    const dialog = await screen.findByRole("dialog", { name: "Imprimer ou PDF" });
    const links = () =>
      within(dialog)
        .getAllByRole("link")
        .map((it) => it.getAttribute("href"));
    expect(links()).toEqual(["/api/v1/conversations/32/pdf?save=1", "/api/v1/conversations/32/pdf"]);
    await desk.user.click(within(dialog).getByRole("checkbox", { name: "Avec les notes internes" }));
    expect(links()[1]).toBe("/api/v1/conversations/32/pdf?notes=1");
  });
});
