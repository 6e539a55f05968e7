import { put, remove } from "@/shared/api/call";
import type { Addr, Draft, DraftOptions } from "@/shared/api/types";

export interface DraftInput {
  html: string;
  to: Addr[];
  cc: Addr[];
  bcc: Addr[];
  attachments: number[];
  revision: number;
  seen_through: number;
  kind: "answer" | "note";
  holding_until: string | null;
  options: DraftOptions;
}

export function saveDraft(conversation: number, draft: DraftInput): Promise<Draft> {
  return put<Draft>(`/conversations/${conversation}/draft`, draft);
}

export function dropDraft(conversation: number): Promise<void> {
  return remove(`/conversations/${conversation}/draft`);
}
