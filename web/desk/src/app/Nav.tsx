import { Link } from "@tanstack/react-router";
import {
  Archive,
  BookText,
  CalendarClock,
  ChartNoAxesColumn,
  Clock3,
  FileQuestion,
  Glasses,
  Hand,
  Hourglass,
  Inbox,
  type LucideIcon,
  MessageCircleHeart,
  Reply,
  Send,
  Settings,
  ShieldX,
  Sparkles,
  TriangleAlert,
  User,
  Users,
} from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { BaseView, Counts } from "@/shared/api/types";
import { shownCount, useCounts } from "@/shared/session/useCounts";
import { useAlone } from "@/shared/session/useMe";
import { useViews } from "@/shared/session/useViews";
import { cx } from "@/shared/ui/cx";
import style from "./Nav.module.css";
import { NavFavourites, NavTags, NavTeams } from "./NavLists";
import { NavViews } from "./NavViews";

interface Entry {
  view: BaseView;
  icon: LucideIcon;
  count?: keyof Counts;
  team?: boolean;
}

const WORK: Entry[] = [
  { view: "owed", icon: Inbox, count: "owed" },
  { view: "mine", icon: User, count: "mine", team: true },
  { view: "unassigned", icon: Hand, count: "unassigned", team: true },
  { view: "team", icon: Users, count: "team", team: true },
  { view: "to_read", icon: Glasses, count: "to_read", team: true },
];
const LATER: Entry[] = [
  { view: "waiting", icon: Hourglass, count: "waiting" },
  { view: "snoozed", icon: Clock3 },
  { view: "scheduled", icon: CalendarClock, count: "scheduled" },
  { view: "sent", icon: Reply },
  { view: "closed", icon: Archive },
];
const CALM: Entry[] = [
  { view: "courtesy", icon: MessageCircleHeart, count: "courtesy" },
  { view: "sort", icon: Sparkles, count: "sort" },
  { view: "spam", icon: ShieldX },
];

/** Where one can go, each with what waits there. */
export const Nav = memo(function Nav({ className, onGo }: { className?: string; onGo?: () => void }) {
  const { t } = useTranslation();
  const alone = useAlone();
  const { data: counts } = useCounts();
  const { data: beside } = useViews();
  // A shop without teams has no list of theirs.
  const hidden = ({ view, team }: Entry) => (team && alone) || (view === "team" && !beside?.teams.length);
  const entry = (it: Entry) => {
    const { view, icon: Icon, count } = it;
    return hidden(it) ? null : (
      <Link
        key={view}
        to="/$view"
        params={{ view }}
        className={style.link}
        activeProps={{ className: cx(style.link, style.on), "aria-current": "page" }}
        title={t(`nav.${view}`)}
        onClick={onGo}
      >
        <Icon size={16} aria-hidden="true" className={style.icon} />
        <span className={style.words}>{t(`nav.${view}`)}</span>
        {count ? <Count n={counts?.[count]} /> : null}
      </Link>
    );
  };
  return (
    <nav className={cx(style.nav, "num", className)} aria-label={t("nav.label")}>
      {WORK.map(entry)}
      <NavFavourites onGo={onGo} />
      {LATER.map(entry)}
      <NavTeams onGo={onGo} />
      <NavTags onGo={onGo} />
      <NavViews onGo={onGo} />
      <h2 className={style.head}>{t("nav.calm")}</h2>
      {CALM.map(entry)}
      <Place
        to="/quarantine"
        icon={FileQuestion}
        words={t("nav.quarantine")}
        n={counts?.quarantine}
        onGo={onGo}
      />
      <h2 className={style.head}>{t("nav.house")}</h2>
      <Place to="/incidents" icon={TriangleAlert} words={t("nav.incidents")} onGo={onGo} />
      <Place to="/report" icon={ChartNoAxesColumn} words={t("nav.report")} onGo={onGo} />
      <Place to="/saved-answers" icon={BookText} words={t("nav.saved_answers")} onGo={onGo} />
      <Place to="/outbox" icon={Send} words={t("nav.outbox")} n={counts?.outbox_held} alarm onGo={onGo} />
      <Place to="/settings" icon={Settings} words={t("nav.settings")} onGo={onGo} />
    </nav>
  );
});

interface PlaceProps {
  to: "/incidents" | "/quarantine" | "/report" | "/saved-answers" | "/outbox" | "/settings";
  icon: LucideIcon;
  words: string;
  n?: number;
  alarm?: boolean;
  onGo?: () => void;
}

function Place({ to, icon: Icon, words, n, alarm, onGo }: PlaceProps) {
  return (
    <Link
      to={to}
      className={style.link}
      activeProps={{ className: cx(style.link, style.on), "aria-current": "page" }}
      title={words}
      onClick={onGo}
    >
      <Icon size={16} aria-hidden="true" className={style.icon} />
      <span className={style.words}>{words}</span>
      {n === undefined ? null : <Count n={n} alarm={alarm} />}
    </Link>
  );
}

function Count({ n, alarm }: { n?: number; alarm?: boolean }) {
  if (!n) return null;
  return <b className={cx(style.count, alarm && style.alarm)}>{shownCount(n)}</b>;
}
