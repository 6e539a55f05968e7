import type { ChainedCommands, Editor } from "@tiptap/core";

/**
 * What is to be done where one writes, which has the focus from now on. The
 * editor's own `focus` waits for the next frame: a letter typed before it would
 * be a key of the page's.
 */
export function writing(editor: Editor): ChainedCommands {
  editor.view.focus();
  return editor.chain().focus();
}
