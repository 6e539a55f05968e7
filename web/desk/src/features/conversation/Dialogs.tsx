import { lazy, Suspense } from "react";
import type { Conversation, Owed } from "@/shared/api/types";
import type { Act, useAct } from "./api/act";

// Asked now and then: fetched when asked.
const SnoozeDialog = lazy(() => import("./SnoozeDialog").then((it) => ({ default: it.SnoozeDialog })));
const WaiveDialog = lazy(() => import("./WaiveDialog").then((it) => ({ default: it.WaiveDialog })));
const EscalateDialog = lazy(() => import("./EscalateDialog").then((it) => ({ default: it.EscalateDialog })));
const AskDialog = lazy(() => import("./AskDialog").then((it) => ({ default: it.AskDialog })));
const AttributesDialog = lazy(() =>
  import("./AttributesDialog").then((it) => ({ default: it.AttributesDialog })),
);
const SplitDialog = lazy(() => import("./SplitDialog").then((it) => ({ default: it.SplitDialog })));
const LinkDialog = lazy(() => import("./LinkDialog").then((it) => ({ default: it.LinkDialog })));
const MergeDialog = lazy(() => import("./MergeDialog").then((it) => ({ default: it.MergeDialog })));

/** Which dialog of the head is open. */
export type Asked =
  | "snooze"
  | "waive"
  | "escalate"
  | "inside"
  | "merge"
  | "reason"
  | "tags"
  | "split"
  | "link"
  | null;

interface DialogsProps {
  asked: Asked;
  owed: Owed | undefined;
  conversation: Conversation;
  act: ReturnType<typeof useAct>;
  onDo: (step: Act, words?: string) => void;
  onAskedInside: (name: string) => void;
  onClose: () => void;
}

/** What the head asks before it acts. */
export function Dialogs({ asked, owed, conversation, act, onDo, onAskedInside, onClose }: DialogsProps) {
  return (
    <Suspense>
      {asked === "snooze" ? (
        <SnoozeDialog conversation={conversation} act={act} onDo={onDo} onClose={onClose} />
      ) : null}
      {asked === "waive" && owed ? <WaiveDialog owed={owed} act={act} onDo={onDo} onClose={onClose} /> : null}
      {asked === "escalate" ? <EscalateDialog act={act} onDo={onDo} onClose={onClose} /> : null}
      {asked === "inside" ? (
        <AskDialog conversation={conversation} onAsked={onAskedInside} onClose={onClose} />
      ) : null}
      {asked === "reason" || asked === "tags" ? (
        <AttributesDialog conversation={conversation} at={asked} onClose={onClose} />
      ) : null}
      {asked === "split" ? (
        <SplitDialog conversation={conversation} act={act} onDo={onDo} onClose={onClose} />
      ) : null}
      {asked === "link" ? <LinkDialog act={act} onDo={onDo} onClose={onClose} /> : null}
      {asked === "merge" ? (
        <MergeDialog conversation={conversation} act={act} onDo={onDo} onClose={onClose} />
      ) : null}
    </Suspense>
  );
}
