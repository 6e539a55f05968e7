import { useTranslation } from "react-i18next";
import { Dialog } from "@/shared/ui/Dialog";
import { Kbd } from "@/shared/ui/Kbd";
import style from "./KeySheet.module.css";

const KEYS = [
  ["J", "keys.down"],
  ["K", "keys.up"],
  ["X", "keys.choose"],
  ["R", "keys.reply"],
  ["I", "keys.note"],
  ["E", "keys.close_conversation"],
  ["M", "keys.reason"],
  ["L", "keys.tags"],
  ["F", "keys.follow"],
  ["Q", "keys.ask"],
  ["N", "keys.next"],
  ["C", "keys.contact"],
  ["/", "keys.saved_answers"],
  ["⌘ J", "keys.facts"],
  ["Alt ↵", "keys.fix"],
  ["Tab", "keys.hole"],
  ["⌘ ↵", "keys.send"],
  ["⌘ ⇧ ↵", "keys.reading"],
  ["⌘ K", "keys.palette"],
  ["/", "keys.palette"],
  ["?", "keys.sheet"],
] as const;

export function KeySheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog open onClose={onClose} title={t("keys.title")} intro={t("keys.intro")}>
      <dl className={style.sheet}>
        {KEYS.map(([key, words]) => (
          <div key={key} className={style.line}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
