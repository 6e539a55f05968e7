import type { Act, useAct } from "./api/act";

/** What each of the small questions about a conversation is given. */
export interface AskProps {
  act: ReturnType<typeof useAct>;
  onDo: (step: Act) => void;
  onClose: () => void;
}
