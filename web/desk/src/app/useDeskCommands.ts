import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { goNext } from "@/features/owed";
import { patch } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { LanguageCode, Me, ThemeName } from "@/shared/api/types";
import { type Command, useCommands } from "@/shared/commands/commands";
import { chooseLanguage } from "@/shared/i18n";
import { useAlone, useSignedIn } from "@/shared/session/useMe";
import { useSignOut } from "@/shared/session/useSignOut";
import { useViews } from "@/shared/session/useViews";
import { chooseTheme, THEMES } from "@/shared/theme";
import { BASES, isView } from "@/shared/view";

export interface DeskActs {
  onContact: () => void;
  onKeys: () => void;
  onTour: () => void;
}

// Not asked of the settings themselves: their code is fetched when they are opened.
const OWN = ["account", "notifications"] as const;
const LEADS = ["shop", "mailboxes", "hours", "words", "guard", "people", "labels", "inside"] as const;
const OWNERS = ["teams", "api"] as const;

/** What can be done from anywhere, for the palette and the sheet of keys; screens add their own. */
export function useDeskCommands(acts: DeskActs): (id: number) => void {
  const navigate = useNavigate();
  const { view: asIs = "owed" } = useParams({ strict: false });
  const view = isView(asIs) ? asIs : "owed";
  const open = (id: number) =>
    void navigate({ to: "/$view/$conversation", params: { view, conversation: String(id) } });
  useCommands([...useActs(open, acts), ...usePlaces()]);
  return open;
}

function useActs(open: (id: number) => void, { onContact, onKeys, onTour }: DeskActs): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { conversation } = useParams({ strict: false });
  const me = useSignedIn();
  const queries = useQueryClient();
  const save = (part: { theme?: ThemeName; language?: LanguageCode }) =>
    void patch<Me>("/me", part).then((me) => queries.setQueryData(keys.session, me));
  const signOut = useSignOut(() => void navigate({ to: "/sign-in" }));
  const other = me.person.language === "fr" ? "en" : "fr";
  const next = () =>
    void goNext(conversation ? Number(conversation) : null, me.person.list_order).then((id) =>
      id ? open(id) : undefined,
    );
  return [
    { key: "next", group: "act", label: t("keys.next"), hint: "N", run: next },
    { key: "contact", group: "act", label: t("keys.contact"), hint: "C", run: onContact },
    { key: "keys", group: "act", label: t("keys.title"), hint: "?", run: onKeys },
    ...(me.shop.demo
      ? [{ key: "tour", group: "act" as const, label: t("tour.again"), words: "tour visite", run: onTour }]
      : []),
    ...THEMES.map(
      (theme): Command => ({
        key: `theme-${theme}`,
        group: "act",
        label: t("search.theme", { theme: t(`theme.${theme}`) }),
        words: "theme thème",
        run: () => {
          chooseTheme(theme);
          save({ theme });
        },
      }),
    ),
    {
      key: "language",
      group: "act",
      label: t("search.language"),
      words: "language langue english français",
      run: () => {
        void chooseLanguage(other);
        save({ language: other });
      },
    },
    { key: "sign-out", group: "act", label: t("shell.sign_out"), run: () => signOut.mutate() },
  ];
}

function usePlaces(): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const alone = useAlone();
  const me = useSignedIn();
  const { data: beside } = useViews();
  const go = (label: string) => t("search.go", { place: label });
  return [
    ...BASES.filter((view) => !(alone && ["mine", "unassigned", "team", "to_read"].includes(view))).map(
      (view): Command => ({
        key: `go-${view}`,
        group: "go",
        label: go(t(`nav.${view}`)),
        run: () => void navigate({ to: "/$view", params: { view } }),
      }),
    ),
    ...[
      ...(alone ? [] : (beside?.teams ?? [])).map(({ id, name }) => ({ view: `team-${id}` as const, name })),
      ...(beside?.tags ?? []).map(({ id, name }) => ({ view: `tag-${id}` as const, name })),
      ...(beside?.views ?? []).map(({ id, name }) => ({ view: `view-${id}` as const, name })),
    ].map(
      ({ view, name }): Command => ({
        key: `go-${view}`,
        group: "go",
        label: go(name),
        run: () => void navigate({ to: "/$view", params: { view } }),
      }),
    ),
    {
      key: "go-search",
      group: "go",
      label: go(t("search.title")),
      run: () => void navigate({ to: "/search", search: { q: "", order: "" } }),
    },
    ...(alone
      ? []
      : [
          {
            key: "go-notices",
            group: "go" as const,
            label: go(t("notices.open")),
            words: "notices",
            run: () => void navigate({ to: "/notices" }),
          },
        ]),
    {
      key: "go-saved-answers",
      group: "go",
      label: go(t("nav.saved_answers")),
      run: () => void navigate({ to: "/saved-answers" }),
    },
    ...(["report", "incidents", "quarantine", "outbox"] as const).map(
      (place): Command => ({
        key: `go-${place}`,
        group: "go",
        label: go(t(`nav.${place}`)),
        run: () => void navigate({ to: `/${place}` }),
      }),
    ),
    ...[
      ...OWN,
      ...(me.person.role === "agent" ? [] : LEADS),
      ...(me.person.role === "owner" ? OWNERS.filter((section) => section !== "teams" || !alone) : []),
    ].map(
      (section): Command => ({
        key: `settings-${section}`,
        group: "go",
        label: t("ui.act_on", { act: t("nav.settings"), what: t(`settings.nav.${section}`) }),
        run: () => void navigate({ to: "/settings/$section", params: { section } }),
      }),
    ),
  ];
}
