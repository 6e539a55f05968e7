import { Clock3, MoreHorizontal, Paperclip } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { type Command, useCommands } from "@/shared/commands/commands";
import { Button } from "@/shared/ui/Button";
import { Menu, type MenuItem } from "@/shared/ui/Menu";
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
  const more: MenuItem[] = [
    { key: "facts", label: t("reply.facts"), hint: "⌘ J", onSelect: props.onFacts },
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
  const attach = () => input.current?.click();
  const send = t(
    later ? "reply.send_later" : forward ? "reply.forward" : holding ? "reply.send_holding" : "reply.send",
  );
  useCommands(
    [
      ...(ready ? [{ key: "send", label: send, hint: "⌘ ↵", onSelect: onSend }] : []),
      { key: "saved", label: t("reply.slash.title"), hint: "/", onSelect: props.onSaved },
      { key: "attach", label: t("reply.attach"), onSelect: attach },
      {
        key: "later",
        label: t("ui.act_on", { act: t("reply.send"), what: t("reply.later") }),
        onSelect: props.onLater,
      },
      // Asking for a second reading is offered beside its dialog.
      ...more.filter(({ key }) => key !== "reading"),
    ].map(
      ({ key, label, hint, onSelect }: MenuItem): Command => ({
        key: `writing-${key}`,
        group: "writing",
        label: String(label),
        hint,
        run: onSelect,
      }),
    ),
  );
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
      <Button kind="ghost" onClick={attach}>
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
        {send}
      </Button>
    </div>
  );
}
