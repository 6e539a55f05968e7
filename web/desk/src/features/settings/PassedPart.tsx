import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { PassedReason } from "@/shared/api/types";
import { useKeys } from "@/shared/keys/useKeys";
import { Button } from "@/shared/ui/Button";
import { Ago } from "@/shared/ui/Clock";
import { cx } from "@/shared/ui/cx";
import { Kbd } from "@/shared/ui/Kbd";
import { Part } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorState } from "@/shared/ui/States";
import { usePassed } from "./api/guard";
import style from "./Settings.module.css";

/** The answers that left past a stop, newest first, each with the reason that its author gave. */
export function PassedPart() {
  const { t } = useTranslation();
  const list = usePassed();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const more = () => {
    if (!list.isFetchingNextPage) void list.fetchNextPage();
  };
  useKeys({ m: more }, list.hasNextPage);
  return (
    <Part title={t("settings.guard.passed")} intro={t("settings.guard.passed_intro")}>
      {list.isPending ? <Skeleton lines={3} /> : null}
      {list.isError && !list.data ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : null}
      {list.data && items.length === 0 ? (
        <p className={style.meta}>{t("settings.guard.passed_none")}</p>
      ) : null}
      <ul>
        {items.map((it) => (
          <PassedRow key={it.delivery} one={it} />
        ))}
      </ul>
      {list.hasNextPage ? (
        <Button kind="ghost" busy={list.isFetchingNextPage} onClick={more}>
          {t("settings.guard.passed_more")} <Kbd>M</Kbd>
        </Button>
      ) : null}
    </Part>
  );
}

function PassedRow({ one }: { one: PassedReason }) {
  const { t } = useTranslation();
  const { conversation, passed, person } = one;
  return (
    <li className={cx(style.row, style.short)}>
      <span className={style.wide}>
        <span className={style.name}>
          {passed.rules.map((rule) => t(`settings.guard.rules.${rule}`)).join(", ")}
        </span>{" "}
        {t("guard.quote", { words: passed.reason })}
        <br />
        <span className={style.meta}>
          {person ? `${person.name} · ` : null}
          <Ago at={one.at} /> ·{" "}
          <Link to="/$view/$conversation" params={{ view: "owed", conversation: String(conversation.id) }}>
            {conversation.subject || t("owed.no_subject")}
          </Link>
        </span>
      </span>
    </li>
  );
}
