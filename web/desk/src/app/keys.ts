/**
 * Every key of the desk, by where it acts. A test holds it against the keys that
 * the screens listen to, so that none is missing here.
 */
export const KEYS = [
  { group: "list", key: "J", words: "keys.down" },
  { group: "list", key: "K", words: "keys.up" },
  { group: "list", key: "X", words: "keys.choose" },
  { group: "list", key: "Esc", words: "keys.leave" },
  { group: "conversation", key: "R", words: "keys.reply" },
  { group: "conversation", key: "I", words: "keys.note" },
  { group: "conversation", key: "E", words: "keys.close_conversation" },
  { group: "conversation", key: "M", words: "keys.reason" },
  { group: "conversation", key: "L", words: "keys.tags" },
  { group: "conversation", key: "F", words: "keys.follow" },
  { group: "conversation", key: "Q", words: "keys.ask" },
  { group: "conversation", key: "B", words: "keys.reading" },
  { group: "writing", key: "⌘ ⇧ ↵", words: "keys.reading" },
  { group: "writing", key: "⌘ ↵", words: "keys.send" },
  { group: "writing", key: "/", words: "keys.saved_answers" },
  { group: "writing", key: "⌘ J", words: "keys.facts" },
  { group: "writing", key: "Alt ↵", words: "keys.fix" },
  { group: "writing", key: "Tab", words: "keys.hole" },
  { group: "writing", key: "@", words: "keys.mention" },
  { group: "act", key: "N", words: "keys.next" },
  { group: "act", key: "C", words: "keys.contact" },
  { group: "act", key: "⌘ K", words: "keys.palette" },
  { group: "act", key: "/", words: "keys.palette" },
  { group: "act", key: "?", words: "keys.sheet" },
] as const;
