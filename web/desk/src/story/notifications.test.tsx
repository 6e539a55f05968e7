import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { deskRoutes, Refusal, veronica } from "./fake-server";
import { renderDesk } from "./render-desk";

const telling = (more = {}) => ({ morning: "on", own_hours: null, push_key: "", devices: [], ...more });
const phone = {
  id: 7,
  label: "Chrome, Android",
  current: false,
  created_at: "2026-11-20T09:00:00Z",
  sent_at: null,
  problem: "",
};

function browserThatRings() {
  const made = {
    options: { applicationServerKey: null },
    unsubscribe: vi.fn(async () => true),
    toJSON: () => ({ endpoint: "https://push.example/abc", keys: { p256dh: "P", auth: "A" } }),
  };
  const pushManager = {
    getSubscription: vi.fn(async () => null),
    subscribe: vi.fn(async (_: unknown) => made),
  };
  const registration = { pushManager };
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("PushManager", class {});
  vi.stubGlobal(
    "Notification",
    class {
      static permission = "default";
      static requestPermission = async () => "granted";
    },
  );
  Object.defineProperty(navigator, "serviceWorker", {
    configurable: true,
    value: {
      ready: Promise.resolve(registration),
      getRegistration: async () => registration,
      addEventListener: () => {},
      removeEventListener: () => {},
      register: async () => Promise.reject(new Error("no worker here")),
    },
  });
  return pushManager;
}

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, "serviceWorker");
});

describe("being told on a device", () => {
  test("is turned on with the desk's own key, and tried", async () => {
    const manager = browserThatRings();
    const desk = renderDesk(
      "/settings/notifications",
      deskRoutes({
        "GET /me/notifications": telling(),
        "POST /me/push/key": { key: "BPk" },
        "POST /me/push": telling({ push_key: "BPk", devices: [{ ...phone, current: true }] }),
        "POST /me/push/7/test": { outcome: "taken", status: 201 },
      }),
    );
    await desk.user.click(await screen.findByRole("button", { name: "Activer sur cet appareil" }));
    await screen.findByText("Cet appareil sonne.");
    expect(manager.subscribe).toHaveBeenCalledWith({ userVisibleOnly: true, applicationServerKey: "BPk" });
    expect(desk.asked("POST /me/push")[0]?.body).toEqual({
      endpoint: "https://push.example/abc",
      keys: { p256dh: "P", auth: "A" },
    });
    await desk.user.click(screen.getByRole("button", { name: "Essayer" }));
    await screen.findByText("Envoyé. Il devrait sonner dans un instant.");
  });

  test("says why it cannot be", async () => {
    vi.stubGlobal("isSecureContext", false);
    renderDesk("/settings/notifications", deskRoutes({ "GET /me/notifications": telling() }));
    await screen.findByText(/adresse en https/);
  });

  test("a device is removed from anywhere, and its trouble is told", async () => {
    browserThatRings();
    const desk = renderDesk(
      "/settings/notifications",
      deskRoutes({
        "GET /me/notifications": telling({ devices: [{ ...phone, problem: "refused" }] }),
        "DELETE /me/push/7": telling(),
      }),
    );
    const part = await screen.findByRole("region", { name: "Appareils qui sonnent" });
    within(part).getByText(/a refusé le dernier envoi/);
    await desk.user.click(within(part).getByRole("button", { name: "Ne plus sonner" }));
    await within(part).findByText("Aucun appareil ne sonne encore.");
  });

  test("the morning mail is everybody's own choice", async () => {
    const me = veronica();
    const desk = renderDesk(
      "/settings/notifications",
      deskRoutes({
        "GET /me": { ...me, person: { ...me.person, role: "agent" } },
        "GET /me/notifications": telling({ morning: "off" }),
        "PUT /me/notifications": telling({ morning: "always" }),
      }),
    );
    await desk.user.selectOptions(await screen.findByLabelText("Le recevoir"), "always");
    await waitFor(() => expect(desk.asked("PUT /me/notifications")[0]?.body).toEqual({ morning: "always" }));
  });
});

test("without a network the app says so, and comes back by itself", async () => {
  let there = false;
  const me = veronica();
  renderDesk(
    "/owed",
    deskRoutes({
      "GET /me": () => {
        if (!there) throw new TypeError("Failed to fetch");
        return me;
      },
    }),
  );
  await screen.findByText("Le serveur ne répond pas");
  there = true;
  window.dispatchEvent(new Event("online"));
  await screen.findByText("Camille Renaud");
});

test("the page of notices shows all of them, or those unseen", async () => {
  const notice = (id: number, seen: boolean) => ({
    id,
    kind: "mention",
    conversation: 32,
    subject: "Où est mon colis ?",
    customer: "Camille Renaud",
    by: { id: 2, name: "Marc Petit" },
    snippet: `note ${id}`,
    at: new Date().toISOString(),
    seen,
  });
  const desk = renderDesk(
    "/notices",
    deskRoutes({
      "GET /notices": (_: unknown, url: URL) =>
        url.searchParams.get("unseen")
          ? { items: [], next: "", unseen: 0 }
          : { items: [notice(2, false), notice(1, true)], next: "", unseen: 1 },
      "POST /notices/seen": new Refusal(500),
    }),
  );
  const main = await screen.findByRole("main");
  await within(main).findByText("note 1");
  await desk.user.click(within(main).getByRole("button", { name: "Non vus" }));
  await within(main).findByText("Vous avez tout vu.");
  await desk.user.click(within(main).getByRole("button", { name: "Tout" }));
  await desk.user.click(await within(main).findByRole("button", { name: /note 2/ }));
  await waitFor(() => expect(desk.path()).toBe("/owed/32"));
});
