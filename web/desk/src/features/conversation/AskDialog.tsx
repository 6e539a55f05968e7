import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Ask, Conversation } from "@/shared/api/types";
import { useParties } from "@/shared/session/useParties";
import { dayAt, fromLocal, toLocal } from "@/shared/time/local";
import { useZone } from "@/shared/time/zone";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Check, Field, Select, TextArea } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import { uuid } from "@/shared/uuid";
import style from "./AskDialog.module.css";
import { AskShare } from "./AskShare";
import { useAskInside } from "./api/asks";

interface AskDialogProps {
  conversation: Conversation;
  /** An earlier question, to ask again. */
  again?: { ask: Ask; question: string };
  onAsked: (name: string) => void;
  onClose: () => void;
}

/** A question to the warehouse, the workshop, a supplier or a carrier: they get a mail with a link, the customer nothing. */
export function AskDialog({ conversation, again, onAsked, onClose }: AskDialogProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const { data: all = [] } = useParties();
  const known = all.filter(({ archived }) => !archived);
  const ask = useAskInside(conversation.id);
  const [key] = useState(uuid);
  const [party, setParty] = useState<number | "free" | null>(again ? again.ask.party || "free" : null);
  const [free, setFree] = useState({
    name: again?.ask.name ?? "",
    address: again?.ask.address ?? "",
    language: again?.ask.language ?? ("fr" as const),
  });
  const [question, setQuestion] = useState(again?.question ?? "");
  const [own, setOwn] = useState(false);
  const [due, setDue] = useState(() => toLocal(dayAt(new Date(), 1, "18:00", zone), zone));
  const [messages, setMessages] = useState<number[]>([]);
  const [attachments, setAttachments] = useState<number[]>([]);
  const [product, setProduct] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const chosen = party ?? known[0]?.id ?? "free";
  const to = known.find(({ id }) => id === chosen);
  const ready = question.trim() && (to || free.address.includes("@"));
  const send = () =>
    ask.mutate(
      {
        key,
        party: to?.id ?? null,
        ...free,
        question: question.trim(),
        due_at: own ? (fromLocal(due, zone)?.toISOString() ?? null) : null,
        messages,
        attachments,
        product,
      },
      { onSuccess: () => onAsked(to?.name ?? (free.name || free.address)) },
    );
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t("ask.title")}
      intro={t("ask.intro")}
      initialFocus={field}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button kind="primary" hint="⌘ ↵" busy={ask.isPending} disabled={!ready} onClick={send}>
            {t("ask.send")}
          </Button>
        </>
      }
    >
      <form
        className={style.form}
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && ready && !ask.isPending) send();
        }}
      >
        <Select
          label={t("ask.to")}
          value={chosen}
          onChange={(event) => setParty(event.target.value === "free" ? "free" : Number(event.target.value))}
        >
          {known.map(({ id, name, kind }) => (
            <option key={id} value={id}>
              {kind === "other" ? name : `${name} (${t(`ask.kind.${kind}`)})`}
            </option>
          ))}
          <option value="free">{t("ask.free")}</option>
        </Select>
        {to ? null : (
          <div className={style.pair}>
            <Field
              label={t("ask.address")}
              type="email"
              value={free.address}
              onChange={(event) => setFree({ ...free, address: event.target.value })}
            />
            <Field
              label={t("ask.name")}
              value={free.name}
              maxLength={60}
              onChange={(event) => setFree({ ...free, name: event.target.value })}
            />
            <Select
              label={t("ask.language")}
              value={free.language}
              onChange={(event) => setFree({ ...free, language: event.target.value as "fr" | "en" })}
            >
              <option value="fr">{t("language.fr")}</option>
              <option value="en">{t("language.en")}</option>
            </Select>
          </div>
        )}
        <TextArea
          ref={field}
          label={t("ask.question")}
          hint={t("ask.question_hint")}
          rows={5}
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
        />
        <AskShare
          conversation={conversation}
          messages={messages}
          attachments={attachments}
          product={product}
          onMessages={setMessages}
          onAttachments={setAttachments}
          onProduct={setProduct}
        />
        <fieldset className={style.due}>
          <legend>{t("ask.due")}</legend>
          <Check radio name="due" label={t("ask.due_usual")} checked={!own} onChange={() => setOwn(false)} />
          <Check radio name="due" label={t("ask.due_own")} checked={own} onChange={() => setOwn(true)} />
          {own ? (
            <Field
              quiet
              type="datetime-local"
              label={t("ask.due_own")}
              value={due}
              onChange={(event) => setDue(event.target.value)}
            />
          ) : null}
        </fieldset>
        <ErrorLine error={ask.error} />
      </form>
    </Dialog>
  );
}
