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
          // Not by mutate's own callback: the tray may empty, and this bar go, before the answer comes.
          void waive.mutateAsync(null).then(
            ({ count: waived, undo }) => done(t("owed.courtesy_done", { count: waived }), undo),
            () => undefined, // shown below
          )
        }
      >
        {t("owed.courtesy_all", { count })}
      </Button>
      <ErrorLine error={waive.error} />
    </div>
  );
}
