import type { Editor } from "@tiptap/core";
import type { Finding } from "@/shared/api/types";
import { writing } from "./writing";

/** Where words stand in the text, the first time. */
export function placeOfWords(editor: Editor, words: string): { from: number; to: number } | null {
  let found: { from: number; to: number } | null = null;
  editor.state.doc.descendants((node, at) => {
    if (found) return false;
    if (!node.isTextblock) return;
    const index = node.textBetween(0, node.content.size, undefined, "\ufffc").indexOf(words);
    if (index >= 0) found = { from: at + 1 + index, to: at + 1 + index + words.length };
    return false;
  });
  return found;
}

/** Puts the guard's proposal in place of the words that it named; false when they are gone. */
export function fixFinding(editor: Editor, { words, fix }: Finding): boolean {
  const place = words && fix ? placeOfWords(editor, words) : null;
  if (!place) return false;
  return writing(editor).insertContentAt(place, { type: "text", text: fix }).run();
}

/** Goes to the words, for a person to mend. */
export function showFinding(editor: Editor, { words }: Finding): boolean {
  const place = words ? placeOfWords(editor, words) : null;
  if (!place) return false;
  return writing(editor).setTextSelection(place).scrollIntoView().run();
}
