import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import type { AskProps } from "./dialog";

/** Another conversation that has to do with this one, by its number; nothing moves. */
export function LinkDialog({ act, onDo, onClose }: AskProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const other = Number(typed.replace(/\D/g, ""));
  return (
    <Dialog open onClose={onClose} title={t("conversation.link")} intro={t("conversation.link_intro")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (other) onDo({ verb: "link", body: { other, on: true } });
        }}
      >
        <Field
          label={t("conversation.link_number")}
          inputMode="numeric"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <ErrorLine error={act.error} />
        <Button kind="primary" type="submit" busy={act.isPending} disabled={!other}>
          {t("conversation.link")}
        </Button>
      </form>
    </Dialog>
  );
}
