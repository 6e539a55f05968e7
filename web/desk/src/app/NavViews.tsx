import { Link } from "@tanstack/react-router";
import { Bookmark, Pencil, Plus } from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedView } from "@/shared/api/types";
import { later } from "@/shared/later";
import { shownCount } from "@/shared/session/useCounts";
import { useViews } from "@/shared/session/useViews";
import { cx } from "@/shared/ui/cx";
import style from "./Nav.module.css";

const ViewDialog = later(() => import("@/features/views"), "ViewDialog");

/** Lists that people made, and the way to make one. */
export function NavViews({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation();
  const { data } = useViews();
  const [edited, setEdited] = useState<SavedView | "new" | null>(null);
  return (
    <>
      <h2 className={style.head}>{t("nav.views")}</h2>
      {data?.views.map((view) => (
        <div key={view.id} className={style.saved}>
          <Link
            to="/$view"
            params={{ view: `view-${view.id}` }}
            className={style.link}
            activeProps={{ className: cx(style.link, style.on), "aria-current": "page" }}
            title={view.name}
            onClick={onGo}
          >
            <Bookmark size={16} aria-hidden="true" className={style.icon} />
            <span className={style.words}>{[view.icon, view.name].filter(Boolean).join(" ")}</span>
            {view.count?.count ? (
              <b className={style.count}>
                {shownCount(view.count.count)}
                {view.count.more ? "+" : ""}
              </b>
            ) : null}
          </Link>
          {view.may_edit ? (
            <button
              type="button"
              className={style.edit}
              aria-label={t("nav.edit_view", { name: view.name })}
              onClick={() => setEdited(view)}
            >
              <Pencil size={13} aria-hidden="true" />
            </button>
          ) : null}
        </div>
      ))}
      <button
        type="button"
        className={cx(style.link, style.new)}
        title={t("nav.new_view")}
        onClick={() => setEdited("new")}
      >
        <Plus size={16} aria-hidden="true" className={style.icon} />
        <span className={style.words}>{t("nav.new_view")}</span>
      </button>
      {edited ? (
        <Suspense>
          <ViewDialog view={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
        </Suspense>
      ) : null}
    </>
  );
}
