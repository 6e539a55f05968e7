import { Link, useNavigate } from "@tanstack/react-router";
import { Menu as MenuIcon, Phone, Search } from "lucide-react";
import { memo, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { NoticesButton } from "@/features/notices";
import { ariaKeys } from "@/shared/keys/shortcut";
import { later } from "@/shared/later";
import { shownCount, useCounts } from "@/shared/session/useCounts";
import { useSignedIn } from "@/shared/session/useMe";
import { useSignOut } from "@/shared/session/useSignOut";
import { Avatar } from "@/shared/ui/Avatar";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Kbd } from "@/shared/ui/Kbd";
import { Menu } from "@/shared/ui/Menu";
import style from "./TopBar.module.css";

const NavDrawer = later(() => import("./NavDrawer"), "NavDrawer");

interface TopBarProps {
  onContact: () => void;
  onKeys: () => void;
  onSearch: () => void;
}

export const TopBar = memo(function TopBar({ onContact, onKeys, onSearch }: TopBarProps) {
  const { t } = useTranslation();
  const me = useSignedIn();
  const navigate = useNavigate();
  const [drawer, setDrawer] = useState(false);
  const signOut = useSignOut(() => void navigate({ to: "/sign-in" }));
  return (
    <header className={style.bar}>
      <button
        type="button"
        className={style.burger}
        aria-label={t("shell.menu")}
        onClick={() => setDrawer(true)}
      >
        <MenuIcon size={18} aria-hidden="true" />
      </button>
      <Link to="/$view" params={{ view: "owed" }} className={style.brand}>
        {me.shop.name}
        <small>{me.shop.demo ? t("shell.demo") : "Comptoir"}</small>
      </Link>
      <Button kind="plain" className={style.contact} aria-keyshortcuts="c" onClick={onContact}>
        <Phone size={14} aria-hidden="true" />
        <span>{t("contact.open")}</span>
        <Kbd>C</Kbd>
      </Button>
      <button
        type="button"
        className={style.search}
        aria-keyshortcuts={`/ ${ariaKeys("⌘ K")}`}
        onClick={onSearch}
      >
        <Search size={15} aria-hidden="true" />
        <span>{t("shell.search")}</span>
        <Kbd>/</Kbd>
      </button>
      <Figures />
      <NoticesButton
        onAll={() => void navigate({ to: "/notices" })}
        onOpen={(conversation) =>
          void navigate({
            to: "/$view/$conversation",
            params: { view: "owed", conversation: String(conversation) },
          })
        }
      />
      <Menu
        label={t("shell.account")}
        trigger={
          <button type="button" className={style.me}>
            <Avatar name={me.person.name} />
            <span className={style.name}>{me.person.name.split(" ")[0]}</span>
            <span className="visually-hidden">, {t("shell.account")}</span>
          </button>
        }
        items={[
          {
            key: "account",
            label: t("shell.my_account"),
            onSelect: () => void navigate({ to: "/settings/$section", params: { section: "account" } }),
          },
          { key: "keys", label: t("keys.title"), hint: "?", onSelect: onKeys },
          { key: "out", label: t("shell.sign_out"), onSelect: () => signOut.mutate() },
        ]}
      />
      <Suspense>
        {drawer ? <NavDrawer onClose={() => setDrawer(false)} onContact={onContact} /> : null}
      </Suspense>
    </header>
  );
});

/** The figures that stay in view wherever one is. */
function Figures() {
  const { t } = useTranslation();
  const { data } = useCounts();
  if (!data) return <div className={style.figures} />;
  const figures = [
    { key: "owed", count: data.owed, words: t("shell.owed", { count: data.owed }) },
    { key: "near", count: data.near, words: t("shell.near", { count: data.near }) },
    { key: "broken", count: data.broken, words: t("shell.broken", { count: data.broken }) },
  ];
  return (
    <ul className={cx(style.figures, "num")} aria-label={t("shell.figures")}>
      {figures.map(({ key, count, words }) => (
        <li key={key} className={cx(style.figure, count > 0 && style[key])} data-figure={key}>
          <b>{shownCount(count)}</b> {words}
        </li>
      ))}
    </ul>
  );
}
