import { Hourglass, Paperclip, Trash2 } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { dayAt } from "@/shared/time/local";
import { useZone } from "@/shared/time/zone";
import { Button } from "@/shared/ui/Button";
import style from "./Foot.module.css";

interface FootProps {
  ready: boolean;
  written: boolean;
  busy: boolean;
  holding: boolean;
  onFiles: (files: File[]) => void;
  onHolding: (until: string) => void;
  onDiscard: () => void;
  onSend: () => void;
}

export function Foot({ ready, written, busy, holding, onFiles, onHolding, onDiscard, onSend }: FootProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={style.foot}>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <Button kind="ghost" onClick={() => input.current?.click()}>
        <Paperclip size={15} aria-hidden="true" />
        <span>{t("reply.attach")}</span>
      </Button>
      {holding ? null : (
        <Button
          kind="ghost"
          title={t("reply.holding_hint")}
          onClick={() => onHolding(dayAt(new Date(), 1, "12:00", zone).toISOString())}
        >
          <Hourglass size={15} aria-hidden="true" />
          <span>{t("reply.holding")}</span>
        </Button>
      )}
      {written ? (
        <Button kind="ghost" onClick={onDiscard} aria-label={t("reply.discard")} title={t("reply.discard")}>
          <Trash2 size={15} aria-hidden="true" />
        </Button>
      ) : null}
      <Button kind="primary" className={style.send} hint="⌘ ↵" busy={busy} disabled={!ready} onClick={onSend}>
        {t(holding ? "reply.send_holding" : "reply.send")}
      </Button>
    </div>
  );
}
