import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fromLocal, toLocal } from "@/shared/time/local";
import { useZone } from "@/shared/time/zone";
import { Button } from "@/shared/ui/Button";
import { Field } from "@/shared/ui/Field";
import style from "./Holding.module.css";

/** A holding answer gives a date: the promise passes on to it, and the real answer stays owed (P03). */
export function Holding({ until, onChange }: { until: string; onChange: (until: string | null) => void }) {
  const { t } = useTranslation();
  const zone = useZone();
  const [text, setText] = useState(toLocal(new Date(until), zone));
  return (
    <div className={style.box}>
      <Field
        type="datetime-local"
        label={t("reply.holding_until")}
        hint={t("reply.holding_hint")}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          const at = fromLocal(event.target.value, zone);
          if (at) onChange(at.toISOString());
        }}
      />
      <Button kind="ghost" onClick={() => onChange(null)}>
        {t("reply.holding_off")}
      </Button>
    </div>
  );
}
