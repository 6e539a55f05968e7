import { act, screen } from "@testing-library/react";
import { camille, deskRoutes, draft, message, type Routes } from "./fake-server";
import type { renderDesk } from "./render-desk";

export const asked = message(4, "Camille Renaud", "Où est mon colis ? Pouvez-vous le livrer samedi ?");
export const written = "<p>Bonjour Camille, il part dans les meilleurs délais.</p>";
export const delivery = {
  id: 44,
  state: "scheduled",
  undo_until: new Date(Date.now() + 600_000).toISOString(),
};

export const lost = {
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
export const saved = { answers: [lost], folders: [{ id: 1, name: "Livraison", answers: 1 }] };

export const writing = (more: Routes = {}, html = written) =>
  deskRoutes({
    "GET /conversations/32": camille([asked], { draft: draft(html, 4) }),
    "PUT /conversations/32/draft": (body: Record<string, unknown>) => ({
      ...draft(String(body.html), 4),
      revision: 9,
    }),
    "POST /conversations/32/replies": { message: {}, delivery },
    ...more,
  });

export const editor = () => screen.findByRole("textbox", { name: /Répondre à Camille/ });
export const sendButton = () => screen.findByRole("button", { name: /^(Envoyer|Programmer)/ });

/** As a person types: happy-dom has no editing of its own. */
export async function type(desk: ReturnType<typeof renderDesk>, text: string) {
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
