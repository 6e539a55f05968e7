import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  type RouterHistory,
} from "@tanstack/react-router";
import { noticesPage } from "@/features/notices";
import { withWords } from "@/shared/i18n";
import { Broken } from "./Broken";
import { ListPage } from "./ListPage";
import { NotFound } from "./NotFound";
import { NothingOpen } from "./NothingOpen";
import { Root } from "./Root";
import { Shell } from "./Shell";

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: () => <Navigate to="/$view" params={{ view: "owed" }} replace />,
});

// Seen before signing in, or once: fetched only then.
const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  validateSearch: (search: Record<string, unknown>) => ({ token: text(search.token) }),
  component: lazyRouteComponent(() => withWords(import("@/features/setup")), "SetupPage"),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("@/features/sign-in"), "SignInPage"),
});
const forgotten = createRoute({
  getParentRoute: () => root,
  path: "/forgotten",
  component: lazyRouteComponent(() => import("@/features/sign-in"), "ForgottenPage"),
});
const reset = createRoute({
  getParentRoute: () => root,
  path: "/reset",
  validateSearch: (search: Record<string, unknown>) => ({ token: text(search.token) }),
  component: lazyRouteComponent(() => import("@/features/sign-in"), "ResetPage"),
});

const desk = createRoute({ getParentRoute: () => root, id: "desk", component: Shell });
const settings = createRoute({
  getParentRoute: () => desk,
  path: "/settings",
  component: () => <Navigate to="/settings/$section" params={{ section: "account" }} replace />,
});
const settingsSection = createRoute({
  getParentRoute: () => desk,
  path: "/settings/$section",
  component: lazyRouteComponent(() => withWords(import("./SettingsRoute")), "SettingsRoute"),
});
const quarantine = createRoute({
  getParentRoute: () => desk,
  path: "/quarantine",
  component: lazyRouteComponent(() => withWords(import("@/features/quarantine")), "QuarantinePage"),
});
const outbox = createRoute({
  getParentRoute: () => desk,
  path: "/outbox",
  component: lazyRouteComponent(() => withWords(import("@/features/outbox")), "OutboxPage"),
});
const notices = createRoute({
  getParentRoute: () => desk,
  path: "/notices",
  component: lazyRouteComponent(noticesPage, "NoticesPage"),
});
const search = createRoute({
  getParentRoute: () => desk,
  path: "/search",
  validateSearch: (search: Record<string, unknown>) => ({ q: text(search.q), order: text(search.order) }),
  component: lazyRouteComponent(() => withWords(import("@/features/search")), "SearchPage"),
});
const savedAnswers = createRoute({
  getParentRoute: () => desk,
  path: "/saved-answers",
  component: lazyRouteComponent(() => withWords(import("@/features/knowledge")), "SavedAnswersPage"),
});
const incidents = createRoute({
  getParentRoute: () => desk,
  path: "/incidents",
  component: lazyRouteComponent(() => withWords(import("@/features/incidents")), "IncidentsPage"),
});
const incident = createRoute({
  getParentRoute: () => desk,
  path: "/incidents/$incident",
  component: lazyRouteComponent(() => withWords(import("@/features/incidents")), "IncidentPage"),
});
// What the address of the leader's page says; own days come with p=own.
const NARROWING = ["p", "from", "to", "mailbox", "team", "reason", "person", "kind"] as const;
type Narrowing = (typeof NARROWING)[number];
const report = createRoute({
  getParentRoute: () => desk,
  path: "/report",
  validateSearch: (search: Record<string, unknown>): Partial<Record<Narrowing, string>> =>
    Object.fromEntries(
      NARROWING.map((name) => [name, text(search[name])] as const).filter(([, value]) => value),
    ),
  component: lazyRouteComponent(() => withWords(import("@/features/report")), "ReportPage"),
});
const audit = createRoute({
  getParentRoute: () => desk,
  path: "/audit",
  validateSearch: (search: Record<string, unknown>) => ({ mailbox: text(search.mailbox) }),
  component: lazyRouteComponent(() => withWords(import("@/features/audit")), "AuditPage"),
});
const list = createRoute({ getParentRoute: () => desk, path: "/$view", component: ListPage });
const nothing = createRoute({ getParentRoute: () => list, path: "/", component: NothingOpen });
const conversation = createRoute({
  getParentRoute: () => list,
  path: "/$conversation",
  component: lazyRouteComponent(() => withWords(import("./ConversationPage")), "ConversationPage"),
});

const tree = root.addChildren([
  home,
  setup,
  signIn,
  forgotten,
  reset,
  desk.addChildren([
    settings,
    settingsSection,
    quarantine,
    outbox,
    notices,
    search,
    savedAnswers,
    incidents,
    incident,
    report,
    audit,
    list.addChildren([nothing, conversation]),
  ]),
]);

export function makeRouter(history?: RouterHistory) {
  return createRouter({
    routeTree: tree,
    history,
    defaultPreload: false,
    scrollRestoration: false,
    defaultErrorComponent: Broken,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}

function text(value: unknown): string {
  return value === undefined || value === null ? "" : String(value);
}
