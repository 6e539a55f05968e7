import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Finding } from "@/shared/api/types";
import { useSignedIn } from "@/shared/session/useMe";
import { usePeople } from "@/shared/session/usePeople";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Select, TextArea } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import type { useAskReading } from "./api/reading";

interface ReadingDialogProps {
  findings: Finding[];
  asking: ReturnType<typeof useAskReading>;
  onAsk: (reader: number | null, reason: string) => void;
  onClose: () => void;
}

/** Who reads it, and what they should know of a stop that the author would pass. */
export function ReadingDialog({ findings, asking, onAsk, onClose }: ReadingDialogProps) {
  const { t } = useTranslation();
  const me = useSignedIn();
  const { data: people = [] } = usePeople();
  const first = useRef<HTMLSelectElement>(null);
  const [reader, setReader] = useState<number | null>(null);
  const [reason, setReason] = useState("");
  const stops = findings.some(({ severity }) => severity === "stop");
  return (
    <Dialog
      open
      onClose={onClose}
      initialFocus={first}
      title={t("reading.ask")}
      intro={t("reading.ask_intro")}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button kind="primary" busy={asking.isPending} onClick={() => onAsk(reader, reason.trim())}>
            {t("reading.ask")}
          </Button>
        </>
      }
    >
      <Select
        ref={first}
        label={t("reading.reader")}
        value={reader ?? ""}
        onChange={(event) => setReader(event.target.value ? Number(event.target.value) : null)}
      >
        <option value="">{t("reading.lead")}</option>
        {people
          .filter(({ id, active }) => active && id !== me.person.id)
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
      </Select>
      {stops ? (
        <TextArea
          label={t("guard.reason")}
          hint={t("reading.reason_hint")}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
      ) : null}
      <ErrorLine error={asking.error} />
    </Dialog>
  );
}
