import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Kbd } from "@/shared/ui/Kbd";
import style from "./NothingOpen.module.css";

export function NothingOpen() {
  const { t } = useTranslation();
  const { view } = useParams({ strict: false });
  if (view === "courtesy" || view === "sort") {
    return (
      <div className={style.hint}>
        <p>{t(`owed.explain.${view}`)}</p>
      </div>
    );
  }
  return (
    <div className={style.hint}>
      <p>{t("shell.nothing_open")}</p>
      <p className={style.keys}>
        <Kbd>J</Kbd> <Kbd>K</Kbd> {t("keys.move")} · <Kbd>N</Kbd> {t("keys.answer_next")} · <Kbd>?</Kbd>{" "}
        {t("keys.all")}
      </p>
    </div>
  );
}
