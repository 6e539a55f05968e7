import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { dayAt, fromLocal, toLocal } from "@/shared/time/local";
import { useZone } from "@/shared/time/zone";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Check, Field, Select, TextArea } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import { useToast } from "@/shared/ui/Toast";
import { uuid } from "@/shared/uuid";
import { type ContactInput, useNoteContact } from "./api/contacts";
import type { Found } from "./api/customers";
import style from "./ContactDialog.module.css";
import { CustomerPicker } from "./CustomerPicker";
import { readWho } from "./who";

const CHANNELS = ["phone", "counter", "letter"] as const;
const PROMISED = ["", "call_back", "send", "answer", "other"] as const;

interface ContactDialogProps {
  /** The conversation on screen, which the contact may belong to. */
  conversation: number | null;
  onClose: () => void;
  onNoted: (conversation: number) => void;
}

/** What was said elsewhere than by mail, in fifteen seconds: who, what, and what was promised. */
export function ContactDialog({ conversation, onClose, onNoted }: ContactDialogProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const toasts = useToast();
  const [key] = useState(uuid);
  const [at] = useState(() => new Date().toISOString());
  const [channel, setChannel] = useState<ContactInput["channel"]>("phone");
  const [who, setWho] = useState("");
  const [known, setKnown] = useState<Found | null>(null);
  const [text, setText] = useState("");
  const [promised, setPromised] = useState<(typeof PROMISED)[number]>("");
  const [promisedText, setPromisedText] = useState("");
  const [due, setDue] = useState(() => toLocal(dayAt(new Date(), 1, "10:00", zone), zone));
  const [answered, setAnswered] = useState(true);
  const [here, setHere] = useState(conversation !== null);
  const first = useRef<HTMLInputElement>(null);
  const noting = useNoteContact();
  const dueAt = fromLocal(due, zone);
  const ready = (here || who.trim() !== "") && text.trim() !== "" && (promised === "" || dueAt !== null);

  const send = () => {
    if (!ready || noting.isPending) return;
    noting.mutate(
      {
        key,
        channel,
        customer: known ? { id: known.id } : readWho(who),
        text: text.trim(),
        promised:
          promised && dueAt
            ? { kind: promised, text: promisedText.trim(), due_at: dueAt.toISOString() }
            : null,
        answered,
        conversation: here ? conversation : null,
        at,
      },
      {
        onSuccess: ({ conversation: made }) => {
          toasts.show({ text: t("contact.done") });
          onClose();
          onNoted(typeof made === "number" ? made : made.id);
        },
      },
    );
  };

  return (
    <Dialog open onClose={onClose} title={t("contact.open")} intro={t("contact.intro")} initialFocus={first}>
      <form
        className={style.form}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send();
        }}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <fieldset className={style.channels}>
          <legend className="visually-hidden">{t("contact.channel")}</legend>
          {CHANNELS.map((it) => (
            <Check
              key={it}
              radio
              name="channel"
              label={t(`channel.${it}`)}
              checked={channel === it}
              onChange={() => setChannel(it)}
            />
          ))}
        </fieldset>
        {conversation === null ? null : (
          <Check
            label={t("contact.here")}
            checked={here}
            onChange={(event) => setHere(event.target.checked)}
          />
        )}
        {here ? null : (
          <CustomerPicker ref={first} text={who} chosen={known} onText={setWho} onChoose={setKnown} />
        )}
        <TextArea
          label={t("contact.said")}
          value={text}
          onChange={(event) => setText(event.target.value)}
          required
        />
        <div className={style.pair}>
          <Select
            label={t("contact.promised")}
            value={promised}
            onChange={(event) => {
              const kind = PROMISED.find((it) => it === event.target.value) ?? "";
              setPromised(kind);
              // To answer later is not to have answered.
              if (kind === "answer") setAnswered(false);
            }}
          >
            {PROMISED.map((it) => (
              <option key={it} value={it}>
                {t(`contact.promise.${it || "nothing"}`)}
              </option>
            ))}
          </Select>
          {promised ? (
            <Field
              type="datetime-local"
              label={t("contact.when")}
              value={due}
              onChange={(event) => setDue(event.target.value)}
              required
            />
          ) : null}
        </div>
        {promised && promised !== "answer" ? (
          <Field
            label={t("contact.promised_what")}
            value={promisedText}
            onChange={(event) => setPromisedText(event.target.value)}
          />
        ) : null}
        <Check
          label={t("contact.answered")}
          hint={answered ? undefined : t("contact.unanswered_hint")}
          checked={answered}
          onChange={(event) => setAnswered(event.target.checked)}
        />
        <ErrorLine error={noting.error} />
        <div className={style.actions}>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button kind="primary" type="submit" hint="⌘ ↵" busy={noting.isPending} disabled={!ready}>
            {t("contact.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
