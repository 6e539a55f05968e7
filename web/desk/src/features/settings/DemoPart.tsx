import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "@/shared/session/useMe";
import { Button } from "@/shared/ui/Button";
import { Part } from "@/shared/ui/Sheet";
import { ErrorLine } from "@/shared/ui/States";
import { useLeaveDemo } from "./api/demo";
import style from "./Settings.module.css";

/** The way from the demo shop back to the first page. */
export function DemoPart() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useSignedIn();
  const leave = useLeaveDemo(() => void navigate({ to: "/setup", search: { token: "" } }));
  if (!me.shop.demo) return null;
  return (
    <Part title={t("settings.demo.title")} intro={t("settings.demo.intro")}>
      <div className={style.save}>
        <Button busy={leave.isPending} onClick={() => leave.mutate()}>
          {t("settings.demo.leave")}
        </Button>
        <ErrorLine error={leave.error} />
      </div>
    </Part>
  );
}
