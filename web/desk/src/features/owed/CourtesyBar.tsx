import { useTranslation } from "react-i18next";
import { useDone } from "@/shared/api/useUndo";
import { useCommands } from "@/shared/commands/commands";
import { Button } from "@/shared/ui/Button";
import { ErrorLine } from "@/shared/ui/States";
import { useWaiveCourtesy } from "./api/waive-courtesy";
import style from "./CourtesyBar.module.css";

export function CourtesyBar({ count }: { count: number }) {
  const { t } = useTranslation();
  const done = useDone();
  const waive = useWaiveCourtesy();
  // Not by mutate's own callback: the tray may empty, and this bar go, before the answer comes.
  const run = () =>
    void waive.mutateAsync(null).then(
      ({ count: waived, undo }) => done(t("owed.courtesy_done", { count: waived }), undo),
      () => undefined, // shown below
    );
  const words = t("owed.courtesy_all", { count });
  useCommands([{ key: "courtesy", group: "list", label: words, run }]);
  return (
    <div className={style.bar}>
      <Button busy={waive.isPending} onClick={run}>
        {words}
      </Button>
      <ErrorLine error={waive.error} />
    </div>
  );
}
