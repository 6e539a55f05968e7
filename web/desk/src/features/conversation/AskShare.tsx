import { Paperclip } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Attachment, Conversation } from "@/shared/api/types";
import { LARGEST_FILE, uploadFile } from "@/shared/api/upload";
import { Button } from "@/shared/ui/Button";
import { Check } from "@/shared/ui/Field";
import style from "./AskDialog.module.css";

interface AskShareProps {
  conversation: Conversation;
  messages: number[];
  attachments: number[];
  product: boolean;
  onMessages: (messages: number[]) => void;
  onAttachments: (attachments: number[]) => void;
  onProduct: (product: boolean) => void;
}

const toggled = (list: number[], id: number) =>
  list.includes(id) ? list.filter((it) => it !== id) : [...list, id];

/** What goes along with a question: nothing of the customer's, unless it is chosen here. */
export function AskShare(props: AskShareProps) {
  const { conversation, messages, attachments, product } = props;
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [own, setOwn] = useState<Attachment[]>([]);
  const [trouble, setTrouble] = useState("");
  const said = conversation.timeline.flatMap((entry) =>
    entry.type === "message" && ["customer", "answer", "holding", "contact"].includes(entry.message.kind)
      ? [entry.message]
      : [],
  );
  const files = said.flatMap((message) => message.attachments.filter(({ inline }) => !inline));
  const add = async (list: FileList | null) => {
    setTrouble("");
    const arrived: Attachment[] = [];
    for (const file of list ?? []) {
      try {
        if (file.size > LARGEST_FILE) throw new Error("large");
        arrived.push(await uploadFile(file));
      } catch {
        setTrouble(t("ask.file_failed", { name: file.name }));
      }
    }
    setOwn([...own, ...arrived]);
    props.onAttachments([...attachments, ...arrived.map(({ id }) => id)]);
  };
  const file = (it: Attachment) => (
    <li key={it.id}>
      <Check
        label={it.name}
        checked={attachments.includes(it.id)}
        onChange={() => props.onAttachments(toggled(attachments, it.id))}
      />
    </li>
  );
  return (
    <details className={style.share} open={files.length > 0}>
      <summary>{t("ask.share")}</summary>
      {conversation.product ? (
        <Check
          label={t("ask.share_product", { product: conversation.product })}
          checked={product}
          onChange={(event) => props.onProduct(event.target.checked)}
        />
      ) : null}
      {files.length + own.length ? (
        <>
          <p className={style.group}>{t("ask.share_files")}</p>
          <ul>{[...files, ...own].map(file)}</ul>
        </>
      ) : null}
      <div className={style.own}>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            void add(event.target.files);
            event.target.value = "";
          }}
        />
        <Button kind="ghost" onClick={() => input.current?.click()}>
          <Paperclip size={15} aria-hidden="true" />
          <span>{t("ask.attach")}</span>
        </Button>
        {trouble ? (
          <span className={style.wrong} role="alert">
            {trouble}
          </span>
        ) : null}
      </div>
      <p className={style.group}>{t("ask.share_messages")}</p>
      <ul>
        {said.slice(-10).map((message) => (
          <li key={message.id}>
            <Check
              label={`${message.author.name || message.author.address} · ${message.text.slice(0, 80)}`}
              checked={messages.includes(message.id)}
              onChange={() => props.onMessages(toggled(messages, message.id))}
            />
          </li>
        ))}
      </ul>
    </details>
  );
}
