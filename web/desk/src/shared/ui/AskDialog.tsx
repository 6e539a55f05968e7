import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { TextArea } from "./Field";
import { ErrorLine } from "./States";

interface AskDialogProps {
  title: string;
  intro: ReactNode;
  label: string;
  hint?: string;
  busy?: boolean;
  error?: unknown;
  onSay: (words: string) => void;
  onClose: () => void;
}

/** One question that needs some words before anything happens. */
export function AskDialog({ title, intro, label, hint, busy, error, onSay, onClose }: AskDialogProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      intro={intro}
      initialFocus={field}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button kind="primary" busy={busy} disabled={!words.trim()} onClick={() => onSay(words.trim())}>
            {title}
          </Button>
        </>
      }
    >
      <TextArea
        ref={field}
        label={label}
        hint={hint}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <ErrorLine error={error} />
    </Dialog>
  );
}
