import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { goNext } from "@/features/owed";
import { Palette } from "@/features/search";
import { patch } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { LanguageCode, Me, ThemeName } from "@/shared/api/types";
import { type Command, useCommands } from "@/shared/commands/commands";
import { chooseLanguage } from "@/shared/i18n";
import { useAlone, useSignedIn } from "@/shared/session/useMe";
import { useSignOut } from "@/shared/session/useSignOut";
import { chooseTheme, THEMES } from "@/shared/theme";
import { BASES, isView } from "@/shared/view";

interface PaletteHostProps {
  onClose: () => void;
  onContact: () => void;
  onKeys: () => void;
}

// Not asked of the settings themselves: their code is fetched when they are opened.
const SECTIONS = ["account", "shop", "mailboxes", "hours", "people"] as const;

/** The palette with what can be done from anywhere; screens add their own. */
export function PaletteHost({ onClose, onContact, onKeys }: PaletteHostProps) {
  const navigate = useNavigate();
  const { view: asIs = "owed" } = useParams({ strict: false });
  const view = isView(asIs) ? asIs : "owed";
  const open = (id: number) =>
    void navigate({ to: "/$view/$conversation", params: { view, conversation: String(id) } });
  useCommands([...useActs(open, onContact, onKeys), ...usePlaces()]);
  return (
    <Palette
      onClose={onClose}
      onConversation={open}
      onSearch={(q) => void navigate({ to: "/search", search: { q, order: "" } })}
    />
  );
}

function useActs(open: (id: number) => void, onContact: () => void, onKeys: () => void): Command[] {
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
    {
      key: "go-search",
      group: "go",
      label: go(t("search.title")),
      run: () => void navigate({ to: "/search", search: { q: "", order: "" } }),
    },
    ...(["report", "incidents", "quarantine", "outbox"] as const).map(
      (place): Command => ({
        key: `go-${place}`,
        group: "go",
        label: go(t(`nav.${place}`)),
        run: () => void navigate({ to: `/${place}` }),
      }),
    ),
    ...SECTIONS.filter((section) => section === "account" || me.person.role !== "agent").map(
      (section): Command => ({
        key: `settings-${section}`,
        group: "go",
        label: `${t("nav.settings")} : ${t(`settings.nav.${section}`)}`,
        run: () => void navigate({ to: "/settings/$section", params: { section } }),
      }),
    ),
  ];
}
