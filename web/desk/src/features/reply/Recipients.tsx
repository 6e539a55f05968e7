import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Addr } from "@/shared/api/types";
import { formatAddresses, parseAddresses } from "./addresses";
import style from "./Recipients.module.css";

interface RecipientsProps {
  to: Addr[];
  cc: Addr[];
  bcc: Addr[];
  /** Who else was written to: an answer to all goes to them too. */
  others?: Addr[];
  open?: boolean;
  onChange: (part: { to?: Addr[]; cc?: Addr[]; bcc?: Addr[] }) => void;
}

/** To whom: one line to read, three fields when one wants to change it. */
export function Recipients({ to, cc, bcc, others = [], open: asked = false, onChange }: RecipientsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(asked);
  const toAll = others.length > 0 && others.every((it) => cc.some(({ address }) => address === it.address));
  useEffect(() => {
    if (asked) setOpen(true);
  }, [asked]);
  if (!open) {
    return (
      <div className={style.bar}>
        <button
          type="button"
          className={style.line}
          onClick={() => setOpen(true)}
          title={t("reply.change_to")}
        >
          {t("reply.to")} {to.map(({ name, address }) => name || address).join(", ") || t("reply.nobody")}
          {cc.length ? ` · Cc ${cc.map(({ name, address }) => name || address).join(", ")}` : ""}
          {bcc.length ? ` · Cci ${bcc.map(({ name, address }) => name || address).join(", ")}` : ""}
          <span className="visually-hidden">, {t("reply.change_to")}</span>
        </button>
        {others.length ? (
          <button type="button" className={style.line} onClick={() => onChange({ cc: toAll ? [] : others })}>
            {toAll ? t("reply.to_only", { name: to[0]?.name || to[0]?.address }) : t("reply.to_all")}
          </button>
        ) : null}
      </div>
    );
  }
  return (
    <div className={style.fields}>
      <Line label={t("reply.to")} value={to} onChange={(next) => onChange({ to: next })} focus />
      <Line label={t("reply.cc")} value={cc} onChange={(next) => onChange({ cc: next })} />
      <Line label={t("reply.bcc")} value={bcc} onChange={(next) => onChange({ bcc: next })} />
    </div>
  );
}

function Line({
  label,
  value,
  onChange,
  focus,
}: {
  label: string;
  value: Addr[];
  onChange: (next: Addr[]) => void;
  focus?: boolean;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(formatAddresses(value));
  const parsed = parseAddresses(text);
  return (
    <label className={style.field}>
      <span>{label}</span>
      <input
        type="text"
        inputMode="email"
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: it opens in answer to the person's own press
        autoFocus={focus}
        value={text}
        aria-invalid={parsed.wrong.length > 0 || undefined}
        title={parsed.wrong.length ? t("reply.not_address", { words: parsed.wrong.join(", ") }) : undefined}
        onChange={(event) => {
          setText(event.target.value);
          const next = parseAddresses(event.target.value);
          if (next.wrong.length === 0) onChange(next.addresses);
        }}
      />
    </label>
  );
}
