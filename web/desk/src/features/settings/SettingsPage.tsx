import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAlone, useSignedIn } from "@/shared/session/useMe";
import { cx } from "@/shared/ui/cx";
import { Sheet } from "@/shared/ui/Sheet";
import { AccountSection } from "./AccountSection";
import { ApiSection } from "./ApiSection";
import { GuardSection } from "./GuardSection";
import { HoursSection } from "./HoursSection";
import { LabelsSection } from "./LabelsSection";
import { MailboxesSection } from "./MailboxesSection";
import { NotificationsSection } from "./NotificationsSection";
import { PartiesSection } from "./PartiesSection";
import { PeopleSection } from "./PeopleSection";
import style from "./Settings.module.css";
import { ShopSection } from "./ShopSection";
import { TeamsSection } from "./TeamsSection";
import { WordsSection } from "./WordsSection";

const SECTIONS = {
  account: AccountSection,
  notifications: NotificationsSection,
  shop: ShopSection,
  mailboxes: MailboxesSection,
  hours: HoursSection,
  words: WordsSection,
  guard: GuardSection,
  people: PeopleSection,
  teams: TeamsSection,
  labels: LabelsSection,
  inside: PartiesSection,
  api: ApiSection,
} as const;

export type Section = keyof typeof SECTIONS;

export function isSection(name: string): name is Section {
  return name in SECTIONS;
}

/** My account for everyone; the house for whoever runs it. */
export function SettingsPage({ section }: { section: Section }) {
  const { t } = useTranslation();
  const me = useSignedIn();
  const alone = useAlone();
  const navigate = useNavigate();
  const names = (Object.keys(SECTIONS) as Section[]).filter(
    (it) =>
      it === "account" ||
      it === "notifications" ||
      (me.person.role !== "agent" &&
        (it !== "teams" || (!alone && me.person.role === "owner")) &&
        (it !== "api" || me.person.role === "owner")),
  );
  const Shown = names.includes(section) ? SECTIONS[section] : AccountSection;
  return (
    <Sheet title={t("nav.settings")}>
      <select
        className={style.choose}
        aria-label={t("settings.nav.label")}
        value={section}
        onChange={({ target }) =>
          void navigate({ to: "/settings/$section", params: { section: target.value } })
        }
      >
        {names.map((it) => (
          <option key={it} value={it}>
            {t(`settings.nav.${it}`)}
          </option>
        ))}
      </select>
      <nav className={style.tabs} aria-label={t("settings.nav.label")}>
        {names.map((it) => (
          <Link
            key={it}
            to="/settings/$section"
            params={{ section: it }}
            className={cx(style.tab, it === section && style.on)}
            aria-current={it === section ? "page" : undefined}
          >
            {t(`settings.nav.${it}`)}
          </Link>
        ))}
      </nav>
      <Shown />
    </Sheet>
  );
}
