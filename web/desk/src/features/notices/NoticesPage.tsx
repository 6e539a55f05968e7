import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Sheet } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { EmptyState, ErrorLine, ErrorState } from "@/shared/ui/States";
import { useAllNotices, useSeeNotices } from "./api/notices";
import { NoticeLine } from "./NoticeLine";
import style from "./NoticesPage.module.css";

const WHICH = ["all", "unseen"] as const;

/** All that was ever there for one, or what is still unseen. */
export function NoticesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [which, setWhich] = useState<(typeof WHICH)[number]>("all");
  const list = useAllNotices(which === "unseen");
  const see = useSeeNotices();
  const open = (conversation: number) =>
    void navigate({
      to: "/$view/$conversation",
      params: { view: "owed", conversation: String(conversation) },
    });
  return (
    <Sheet
      title={t("notices.open")}
      intro={t("notices.intro")}
      aside={
        list.data?.some(({ seen }) => !seen) ? (
          <Button busy={see.isPending} onClick={() => see.mutate()}>
            {t("notices.seen")}
          </Button>
        ) : null
      }
    >
      <fieldset className={style.filter}>
        <legend className="visually-hidden">{t("notices.filter.label")}</legend>
        {WHICH.map((it) => (
          <button
            key={it}
            type="button"
            aria-pressed={it === which}
            className={cx(style.tab, it === which && style.on)}
            onClick={() => setWhich(it)}
          >
            {t(`notices.filter.${it}`)}
          </button>
        ))}
      </fieldset>
      <ErrorLine error={see.error} />
      {list.isPending ? (
        <Skeleton lines={6} />
      ) : !list.data ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data.length === 0 ? (
        <EmptyState title={t(which === "all" ? "notices.empty" : "notices.none_unseen")} />
      ) : (
        <ul>
          {list.data.map((notice) => (
            <NoticeLine key={notice.id} notice={notice} onOpen={open} />
          ))}
        </ul>
      )}
      {list.hasNextPage ? (
        <Button kind="ghost" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("owed.more")}
        </Button>
      ) : null}
    </Sheet>
  );
}
