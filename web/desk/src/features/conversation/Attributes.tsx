import { type Ref, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "@/shared/api/types";
import { useDone } from "@/shared/api/useUndo";
import { useLabels } from "@/shared/session/useLabels";
import { Select } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import style from "./Attributes.module.css";
import { type Act, useAct } from "./api/act";
import { ReasonSelect } from "./ReasonSelect";
import { ShopFieldInput } from "./ShopFieldInput";
import { Tags } from "./Tags";
import { WordField } from "./WordField";

interface AttributesProps {
  conversation: Conversation;
  reasonRef?: Ref<HTMLSelectElement>;
  tagRef?: Ref<HTMLInputElement>;
}

/** What the shop notes of a conversation: why, about what, how urgent. Each change is kept at once. */
export function Attributes({ conversation, reasonRef, tagRef }: AttributesProps) {
  const { t } = useTranslation();
  const done = useDone();
  const act = useAct(conversation.id);
  const { data: labels } = useLabels();
  const [more, setMore] = useState(false);
  const doIt = (step: Act) =>
    act.mutate(step, { onSuccess: ({ undo }) => done(t(`conversation.done.${step.verb}`), undo) });
  const { reason, product, cause } = conversation;
  const classify = (part: { reason?: number | null; product?: string; cause?: string }) =>
    doIt({ verb: "reason", body: { reason: reason?.id ?? null, product, cause, ...part } });
  if (!labels) return null;
  const fields = labels.fields.filter(({ archived }) => !archived);
  const open = more || Boolean(product || cause || conversation.language_set) || fields.length > 0;
  return (
    <div className={style.part}>
      <ReasonSelect
        ref={reasonRef}
        reasons={labels.reasons}
        value={reason}
        onChange={(next) => classify({ reason: next })}
      />
      <Tags ref={tagRef} conversation={conversation} tags={labels.tags} onDo={doIt} />
      <Select
        label={t("attributes.priority")}
        value={String(conversation.priority)}
        onChange={(event) => doIt({ verb: "priority", body: { priority: Number(event.target.value) } })}
      >
        {["1", "0", "-1"].map((it) => (
          <option key={it} value={it}>
            {t(`attributes.priorities.${it}`)}
          </option>
        ))}
      </Select>
      {open ? (
        <>
          <WordField
            label={t("attributes.product")}
            value={product}
            words={labels.products}
            onSave={(next) => classify({ product: next })}
          />
          <WordField
            label={t("attributes.cause")}
            value={cause}
            words={labels.causes}
            onSave={(next) => classify({ cause: next })}
          />
          <Select
            label={t("attributes.language")}
            value={conversation.language_set ? conversation.language : ""}
            onChange={(event) => doIt({ verb: "language", body: { language: event.target.value } })}
          >
            <option value="">{t("attributes.detected")}</option>
            <option value="fr">Français</option>
            <option value="en">English</option>
          </Select>
          {fields.map((field) => (
            <ShopFieldInput
              key={field.id}
              field={field}
              value={conversation.fields.find((it) => it.field === field.id)?.value ?? ""}
              onSave={(value) => doIt({ verb: "field", body: { field: field.id, value } })}
            />
          ))}
        </>
      ) : (
        <button type="button" className={style.more} onClick={() => setMore(true)}>
          {t("attributes.more")}
        </button>
      )}
      <ErrorLine error={act.error} />
    </div>
  );
}
