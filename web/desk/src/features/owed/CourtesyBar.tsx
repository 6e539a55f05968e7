import { useTranslation } from "react-i18next";
import { useDone } from "@/shared/api/useUndo";
import { Button } from "@/shared/ui/Button";
import { ErrorLine } from "@/shared/ui/States";
import { useWaiveCourtesy } from "./api/waive-courtesy";
import style from "./CourtesyBar.module.css";

export function CourtesyBar({ count }: { count: number }) {
  const { t } = useTranslation();
  const done = useDone();
  const waive = useWaiveCourtesy();
  return (
    <div className={style.bar}>
      <Button
        busy={waive.isPending}
        onClick={() =>
          waive.mutate(null, {
            onSuccess: ({ count: waived, undo }) => done(t("owed.courtesy_done", { count: waived }), undo),
          })
        }
      >
        {t("owed.courtesy_all", { count })}
      </Button>
      <ErrorLine error={waive.error} />
    </div>
  );
}
