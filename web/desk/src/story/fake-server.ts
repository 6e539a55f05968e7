import { vi } from "vitest";
import type { Conversation, Draft, Me, Message, Row } from "@/shared/api/types";

/** What a test's server answers: a body, or a status with one. */
export type Answer = unknown | ((body: Record<string, unknown>, url: URL) => unknown);
export type Routes = Record<string, Answer>;

export class Refusal {
  constructor(
    readonly status: number,
    readonly body: Record<string, unknown> = {},
  ) {}
}

export interface Heard {
  route: string;
  body: Record<string, unknown>;
}

/** A server in the test's own process; what it was asked is kept, in order. */
export function fakeServer(routes: Routes): Heard[] {
  const heard: Heard[] = [];
  vi.stubGlobal("fetch", async (input: string, init?: RequestInit) => {
    const url = new URL(input, "http://desk.test");
    const route = `${init?.method ?? "GET"} ${url.pathname.replace("/api/v1", "")}`;
    const body = typeof init?.body === "string" ? JSON.parse(init.body) : {};
    heard.push({ route, body });
    const answer = routes[route];
    const said = await (typeof answer === "function" ? answer(body, url) : answer);
    if (said === undefined) return new Response(JSON.stringify({ code: "not_found" }), { status: 404 });
    if (said instanceof Refusal) return new Response(JSON.stringify(said.body), { status: said.status });
    return new Response(typeof said === "string" ? said : JSON.stringify(said), { status: 200 });
  });
  return heard;
}

export const counts = {
  owed: 2,
  near: 1,
  broken: 1,
  mine: 1,
  unassigned: 1,
  team: 0,
  to_read: 0,
  scheduled: 0,
  waiting: 0,
  courtesy: 0,
  sort: 0,
  quarantine: 0,
  outbox_held: 0,
};

export function veronica(people = 2): Me {
  return {
    person: {
      id: 1,
      name: "Véronica Imbert",
      email: "veronica@maison-lila.exemple",
      role: "owner",
      language: "fr",
      theme: "system",
      totp: false,
      list_order: "due",
      tour: "done",
    },
    shop: {
      id: 1,
      name: "Maison Lila",
      colour: "#1F5B45",
      logo_url: null,
      language: "fr",
      timezone: "Europe/Paris",
      demo: false,
      people_count: people,
    },
    shops: [],
    counts,
    permissions: [],
  };
}

export function row(id: number, name: string, more: Partial<Row> = {}): Row {
  return {
    id,
    number: 10_400 + id,
    subject: "Où est mon colis ?",
    snippet: "Toujours rien reçu",
    customer: { id, name, address: "client@exemple.fr" },
    channel: "mail",
    due_at: new Date(Date.now() + 3 * 3_600_000).toISOString(),
    near_at: null,
    state: "open",
    promise_kind: "answer",
    reminders: 0,
    assignee: null,
    last_out_at: null,
    sends_at: null,
    last_message_at: new Date(Date.now() - 3_600_000).toISOString(),
    snoozed_until: null,
    unread_by_me: false,
    has_draft: false,
    law: false,
    holding: false,
    tray: "main",
    team: null,
    priority: 0,
    angry: false,
    reason: null,
    tags: [],
    ...more,
  };
}

export function message(id: number, name: string, text: string, more: Partial<Message> = {}): Message {
  return {
    id,
    direction: "in",
    kind: "customer",
    author: { name, address: "camille@exemple.fr", person_id: null },
    to: [],
    cc: [],
    subject: "Où est mon colis ?",
    text,
    has_quote: false,
    has_html: false,
    prefer_html: false,
    remote_blocked: false,
    attachments: [],
    at: new Date(Date.now() - 3_600_000).toISOString(),
    channel: "mail",
    language: "fr",
    delivery: null,
    passed: null,
    quarantined: false,
    ...more,
  };
}

export function camille(messages: Message[], more: Partial<Conversation> = {}): Conversation {
  return {
    id: 32,
    number: 10_432,
    subject: "Où est mon colis ?",
    channel: "mail",
    state: "open",
    tray: "main",
    revision: 1,
    mailbox: { id: 1, name: "Maison Lila", address: "bonjour@maison-lila.exemple" },
    customer: {
      id: 9,
      name: "Camille Renaud",
      addresses: ["camille@exemple.fr"],
      language: "fr",
      since: "2023-03-04T10:00:00Z",
      conversations_count: 2,
      kept: 11,
      owed_total: 11,
    },
    assignee: null,
    team: null,
    priority: 0,
    angry: false,
    rank: 0,
    reason: null,
    product: "",
    cause: "",
    language: "fr",
    language_set: false,
    until_answer: false,
    tags: [],
    fields: [],
    following: false,
    links: [],
    blocked: null,
    snoozed_until: null,
    timeline: messages.map((it) => ({ type: "message", at: it.at, message: it })),
    promises: [],
    asks: [],
    draft: null,
    suggestions: [],
    merged_into: null,
    seen_through: Math.max(0, ...messages.map(({ id }) => id)),
    signature: { html: "", text: "Véronica\nMaison Lila", logo_url: null },
    reply: { to: [{ name: "Camille Renaud", address: "camille@exemple.fr" }], cc: [] },
    previous: [],
    older: "",
    position: "",
    ...more,
  };
}

export function draft(html: string, seen: number): Draft {
  return {
    html,
    to: [{ name: "Camille Renaud", address: "camille@exemple.fr" }],
    cc: [],
    bcc: [],
    attachments: [],
    revision: 3,
    seen_through: seen,
    updated_at: new Date().toISOString(),
    updated_by: { id: 1, name: "Véronica" },
    kind: "answer",
    holding_until: null,
    options: {},
    reading: null,
  };
}

/** The desk of somebody signed in, with one conversation to answer. */
export function deskRoutes(more: Routes = {}): Routes {
  return {
    "GET /setup": { state: "shop", allowed: true, needs_token: false, demo_people: [], version: "" },
    "GET /me": veronica(),
    "GET /counts": counts,
    "GET /people": { items: [] },
    "GET /teams": { items: [] },
    "GET /labels": { reasons: [], tags: [], fields: [], products: [], causes: [] },
    "GET /notices": { items: [], next: "", unseen: 0 },
    "GET /views": { views: [], teams: [] },
    "GET /conversations": { items: [row(32, "Camille Renaud"), row(33, "Paul Delmas")], next: "" },
    "GET /conversations/32": camille([message(4, "Camille Renaud", "Où est mon colis ?")]),
    "POST /conversations/32/read": {},
    "POST /conversations/32/check": { findings: [], questions: [], promises: [] },
    ...more,
  };
}
