import type { Conversation, Message } from "@/shared/api/types";

/** What came after an author's screen: the customer's mail, or another request that was merged in. */
export interface Unseen {
  message?: Message;
  merged?: number;
}

/** The first thing in the conversation that its author has not had on screen. */
export function firstUnseen({ timeline }: Conversation, seenThrough: number): Unseen | null {
  for (const entry of timeline) {
    if (entry.type === "message" && entry.message.direction === "in" && entry.message.id > seenThrough) {
      return { message: entry.message };
    }
    if (entry.type !== "event" || entry.event.kind !== "conversation.merged") continue;
    // Merged messages may be older than the screen; the mark that the merge left is not.
    const { mark, from } = entry.event.data as { mark?: number; from?: number };
    if (mark && mark > seenThrough) return { merged: from ?? 0 };
  }
  return null;
}
