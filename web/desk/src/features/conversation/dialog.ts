import type { Act, useAct } from "./api/act";

/** What each of the small questions about a conversation is given. */
export interface AskProps {
  act: ReturnType<typeof useAct>;
  onDo: (step: Act) => void;
  onClose: () => void;
}

// After these the conversation asks for nothing more today.
export const LEAVING = new Set<Act["verb"]>([
  "close",
  "snooze",
  "snooze-until-answer",
  "block",
  "waive",
  "spam",
  "never-waits",
  "wait",
  "sorted",
]);

// What others than the shop owe, or a colleague: no answer to the customer.
export const OTHERS = new Set(["wait", "ask", "reading"]);
