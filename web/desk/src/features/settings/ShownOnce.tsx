import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { Banner } from "@/shared/ui/States";
import style from "./Settings.module.css";

/** A secret that the server tells this once. */
export function ShownOnce({ words, secret, onDone }: { words: string; secret: string; onDone: () => void }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  return (
    <Banner tone="kept">
      <p>{words}</p>
      <p>
        <code className={style.secret}>{secret}</code>
      </p>
      <span className={style.save}>
        <Button
          // Without https the browser has no clipboard: the text can be marked by hand.
          onClick={() => void navigator.clipboard?.writeText(secret).then(() => setCopied(true))}
        >
          {t(copied ? "settings.api.copied" : "settings.api.copy")}
        </Button>
        <Button kind="ghost" onClick={onDone}>
          {t("settings.api.done")}
        </Button>
      </span>
    </Banner>
  );
}
