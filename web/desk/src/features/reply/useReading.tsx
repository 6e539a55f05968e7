import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation, Finding, PromiseInText } from "@/shared/api/types";
import { useCommands } from "@/shared/commands/commands";
import { later } from "@/shared/later";
import { useAlone } from "@/shared/session/useMe";
import { useToast } from "@/shared/ui/Toast";
import { useAskReading } from "./api/reading";
import type { useAnswer } from "./useAnswer";

const ReadingDialog = later(() => import("./ReadingDialog"), "ReadingDialog");

interface ReadingProps {
  conversation: Conversation;
  writing: ReturnType<typeof useAnswer>;
  sendAt: string | null;
  promises: PromiseInText[];
  findings: Finding[];
  ready: boolean;
}

/** "Faire relire": the draft goes to a colleague and waits there; without one there is nobody to ask. */
export function useReading(given: ReadingProps) {
  const { conversation, writing, sendAt, promises, findings, ready } = given;
  const { t } = useTranslation();
  const alone = useAlone();
  const toasts = useToast();
  const asking = useAskReading(conversation.id);
  const [open, setOpen] = useState(false);
  const offer = alone || !ready ? undefined : () => setOpen(true);
  useCommands(
    offer ? [{ key: "reading", group: "writing", label: t("reading.ask"), hint: "⌘ ⇧ ↵", run: offer }] : [],
  );
  const ask = async (reader: number | null, reason: string) => {
    // What is read must be what stands on the server.
    await writing.saver.flush();
    // As a promise: a live event may park the draft on screen before the answer is told.
    await asking
      .mutateAsync({ reader, revision: writing.saver.saved, pass_reason: reason, send_at: sendAt, promises })
      .then(() => {
        setOpen(false);
        writing.reset();
        toasts.show({ text: t("reading.done") });
      })
      .catch(() => undefined); // said in the dialog
  };
  const dialog = open ? (
    <Suspense>
      <ReadingDialog
        findings={findings}
        asking={asking}
        onAsk={(reader, reason) => void ask(reader, reason)}
        onClose={() => setOpen(false)}
      />
    </Suspense>
  ) : null;
  return { offer, dialog };
}
