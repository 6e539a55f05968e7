import { Link } from "@tanstack/react-router";
import { ChevronRight, Star, Tag as TagIcon, Users } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TagList, TeamList, View } from "@/shared/api/types";
import { shownCount } from "@/shared/session/useCounts";
import { useFavourite } from "@/shared/session/useFavourite";
import { useAlone } from "@/shared/session/useMe";
import { useViews } from "@/shared/session/useViews";
import { cx } from "@/shared/ui/cx";
import { tagTone } from "@/shared/ui/tag-colour";
import style from "./Nav.module.css";

interface OneList {
  view: View;
  name: string;
  count: string | null;
  icon: ReactNode;
}

const teamList = (team: TeamList): OneList => ({
  view: `team-${team.id}`,
  name: team.name,
  count: team.count ? shownCount(team.count) : null,
  icon: <Users size={14} aria-hidden="true" className={style.small} />,
});
const tagList = (tag: TagList): OneList => ({
  view: `tag-${tag.id}`,
  name: tag.name,
  count: tag.count ? (tag.count >= 100 ? "99+" : String(tag.count)) : null,
  icon: <TagIcon size={14} aria-hidden="true" className={style.small} style={tagTone(tag.colour)} />,
});

/** The lists of teams and tags that the person put first. */
export function NavFavourites({ onGo }: { onGo?: () => void }) {
  const { data } = useViews();
  const alone = useAlone();
  const all = [...(alone ? [] : (data?.teams ?? []).map(teamList)), ...(data?.tags ?? []).map(tagList)];
  const shown = (data?.favourites ?? []).flatMap((name) => all.find(({ view }) => view === name) ?? []);
  return shown.map((list) => <ListLink key={list.view} list={list} favourite onGo={onGo} />);
}

/** The teams of the shop; none where one person works alone. */
export function NavTeams({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation();
  const { data } = useViews();
  const alone = useAlone();
  if (alone || !data?.teams.length) return null;
  return <Section name="teams" title={t("nav.teams")} lists={data.teams.map(teamList)} onGo={onGo} />;
}

export function NavTags({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation();
  const { data } = useViews();
  if (!data?.tags?.length) return null;
  return <Section name="tags" title={t("nav.tags")} lists={data.tags.map(tagList)} onGo={onGo} />;
}

interface SectionProps {
  name: string;
  title: string;
  lists: OneList[];
  onGo?: () => void;
}

/** Folded or not, as it was left on this device; what stands first already isn't said twice. */
function Section({ name, title, lists, onGo }: SectionProps) {
  const kept = `comptoir.nav.${name}`;
  const { data } = useViews();
  const [open, setOpen] = useState(() => localStorage.getItem(kept) !== "folded");
  const id = useId();
  const shown = lists.filter(({ view }) => !data?.favourites?.includes(view));
  if (!shown.length) return null;
  const fold = () => {
    localStorage.setItem(kept, open ? "folded" : "open");
    setOpen(!open);
  };
  return (
    <div className={style.section}>
      <h2 className={style.head}>
        <button type="button" className={style.fold} aria-expanded={open} aria-controls={id} onClick={fold}>
          <ChevronRight size={12} aria-hidden="true" className={cx(style.turn, open && style.down)} />
          {title}
        </button>
      </h2>
      <div id={id} hidden={!open}>
        {shown.map((list) => (
          <ListLink key={list.view} list={list} favourite={false} onGo={onGo} />
        ))}
      </div>
    </div>
  );
}

function ListLink({ list, favourite, onGo }: { list: OneList; favourite: boolean; onGo?: () => void }) {
  const { t } = useTranslation();
  const set = useFavourite();
  return (
    <div className={style.saved}>
      <Link
        to="/$view"
        params={{ view: list.view }}
        className={style.link}
        activeProps={{ className: cx(style.link, style.on), "aria-current": "page" }}
        title={list.name}
        onClick={onGo}
      >
        {list.icon}
        <span className={cx(style.words, style.grow)}>{list.name}</span>
        {list.count ? <b className={style.count}>{list.count}</b> : null}
      </Link>
      <button
        type="button"
        className={style.edit}
        aria-pressed={favourite}
        aria-label={t("nav.favourite", { name: list.name })}
        title={t(favourite ? "nav.favourite_off" : "nav.favourite_on")}
        onClick={() => set.mutate({ list: list.view, on: !favourite })}
      >
        <Star size={13} aria-hidden="true" fill={favourite ? "currentColor" : "none"} />
      </button>
    </div>
  );
}
