import { Suspense } from "react";
import type { Conversation, Owed } from "@/shared/api/types";
import { later } from "@/shared/later";
import type { Choice } from "@/shared/ui/Picker";
import type { Act, useAct } from "./api/act";

// Asked now and then: fetched when asked.
const SnoozeDialog = later(() => import("./SnoozeDialog"), "SnoozeDialog");
const WaiveDialog = later(() => import("./WaiveDialog"), "WaiveDialog");
const EscalateDialog = later(() => import("./EscalateDialog"), "EscalateDialog");
const AskDialog = later(() => import("./AskDialog"), "AskDialog");
const AttributesDialog = later(() => import("./AttributesDialog"), "AttributesDialog");
const SplitDialog = later(() => import("./SplitDialog"), "SplitDialog");
const LinkDialog = later(() => import("./LinkDialog"), "LinkDialog");
const PickDialog = later(() => import("./PickDialog"), "PickDialog");
const PrintDialog = later(() => import("./PrintDialog"), "PrintDialog");
const MergeDialog = later(() => import("./MergeDialog"), "MergeDialog");

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
  | "assign"
  | "priority"
  | "language"
  | "print"
  | null;

interface DialogsProps {
  asked: Asked;
  owed: Owed | undefined;
  conversation: Conversation;
  assignees: readonly Choice[];
  act: ReturnType<typeof useAct>;
  onDo: (step: Act, words?: string) => void;
  onAskedInside: (name: string) => void;
  onClose: () => void;
}

/** What the head asks before it acts. */
export function Dialogs({
  asked,
  owed,
  conversation,
  assignees,
  act,
  onDo,
  onAskedInside,
  onClose,
}: DialogsProps) {
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
      {asked === "assign" || asked === "priority" || asked === "language" ? (
        <PickDialog
          asked={asked}
          conversation={conversation}
          assignees={assignees}
          onDo={onDo}
          onClose={onClose}
        />
      ) : null}
      {asked === "print" ? <PrintDialog conversation={conversation} onClose={onClose} /> : null}
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
