import { Clock3, MoreHorizontal, Paperclip } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { Menu } from "@/shared/ui/Menu";
import style from "./Foot.module.css";

interface FootProps {
  ready: boolean;
  written: boolean;
  busy: boolean;
  holding: boolean;
  later: boolean;
  quote: boolean;
  forward: boolean;
  onSaved: () => void;
  onFacts: () => void;
  onFiles: (files: File[]) => void;
  onLater: () => void;
  onHolding: () => void;
  onQuote: () => void;
  /** Absent where nobody else could read it. */
  onReading?: () => void;
  onDiscard: () => void;
  onSend: () => void;
}

export function Foot(props: FootProps) {
  const { ready, written, busy, holding, later, quote, forward, onSend } = props;
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const more = [
    { key: "facts", label: t("reply.facts"), hint: "Ctrl J", onSelect: props.onFacts },
    ...(forward
      ? []
      : [
          { key: "quote", label: t(quote ? "reply.quote_off" : "reply.quote"), onSelect: props.onQuote },
          ...(holding ? [] : [{ key: "holding", label: t("reply.holding"), onSelect: props.onHolding }]),
        ]),
    ...(props.onReading
      ? [{ key: "reading", label: t("reading.ask"), hint: "⌘ ⇧ ↵", onSelect: props.onReading }]
      : []),
    ...(written
      ? [{ key: "discard", label: t("reply.discard"), danger: true, onSelect: props.onDiscard }]
      : []),
  ];
  return (
    <div className={style.foot}>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          props.onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <Button kind="ghost" onClick={props.onSaved} aria-keyshortcuts="/">
        <span aria-hidden="true" className={style.slash}>
          /
        </span>
        <span>{t("reply.slash.title")}</span>
      </Button>
      <Button kind="ghost" onClick={() => input.current?.click()}>
        <Paperclip size={15} aria-hidden="true" />
        <span>{t("reply.attach")}</span>
      </Button>
      <Button kind="ghost" onClick={props.onLater}>
        <Clock3 size={15} aria-hidden="true" />
        <span>{t("reply.later")}</span>
      </Button>
      <Menu
        label={t("reply.more")}
        align="start"
        items={more}
        trigger={
          <Button kind="ghost" aria-label={t("reply.more")} title={t("reply.more")}>
            <MoreHorizontal size={16} aria-hidden="true" />
          </Button>
        }
      />
      <Button kind="primary" className={style.send} hint="⌘ ↵" busy={busy} disabled={!ready} onClick={onSend}>
        {t(
          later
            ? "reply.send_later"
            : forward
              ? "reply.forward"
              : holding
                ? "reply.send_holding"
                : "reply.send",
        )}
      </Button>
    </div>
  );
}
