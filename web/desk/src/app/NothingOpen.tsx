import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCounts } from "@/shared/session/useCounts";
import { Kbd } from "@/shared/ui/Kbd";
import { isOwed, isView } from "@/shared/view";
import style from "./NothingOpen.module.css";

export function NothingOpen() {
  const { t } = useTranslation();
  const { view = "" } = useParams({ strict: false });
  const counts = useCounts();
  if (view === "courtesy" || view === "sort") {
    return (
      <div className={style.hint}>
        <p>{t(`owed.explain.${view}`)}</p>
      </div>
    );
  }
  // Nothing is due in spam or among what was closed.
  const due = isView(view) && isOwed(view);
  const empty = view === "owed" && counts.data?.owed === 0;
  return (
    <div className={style.hint}>
      {empty ? null : <p>{t(due ? "shell.nothing_open" : "shell.nothing_open_calm")}</p>}
      <p className={style.keys}>
        {empty ? (
          <>
            <Kbd>C</Kbd> {t("keys.contact").toLowerCase()} ·{" "}
          </>
        ) : (
          <>
            <Kbd>J</Kbd> <Kbd>K</Kbd> {t("keys.move")} ·{" "}
          </>
        )}
        {due && !empty ? (
          <>
            <Kbd>N</Kbd> {t("keys.answer_next")} ·{" "}
          </>
        ) : null}
        <Kbd>?</Kbd> {t("keys.all")}
      </p>
    </div>
  );
}
