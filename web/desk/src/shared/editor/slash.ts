import { Extension } from "@tiptap/core";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

/** A word being typed behind a slash: what it says so far, where it stands in the text and on the screen. */
export interface Slash {
  query: string;
  from: number;
  to: number;
  left: number;
  top: number;
  bottom: number;
}

interface SlashOptions {
  onSlash: (slash: Slash | null) => void;
  /** Keys while the menu is open; true when it took them. */
  onKey: (event: KeyboardEvent) => boolean;
}

// At the beginning of a line or after a space: "et/ou" and addresses are no commands.
const COMMAND = /(?:^|\s)\/([\p{L}\p{N}_' -]{0,40})$/u;

/** Tells of a command that begins with "/", and hands its keys to the menu that shows what it finds. */
export const SlashCommand = Extension.create<SlashOptions>({
  name: "slash",
  addOptions: () => ({ onSlash: () => undefined, onKey: () => false }),
  addProseMirrorPlugins() {
    const { onSlash, onKey } = this.options;
    let left = -1; // where a command was left by Escape: it stays closed
    let open = false;
    let told = ""; // the editor updates for much that is no other command
    const close = () => {
      if (open) onSlash(null);
      told = "";
      open = false;
    };
    const look = (view: EditorView) => {
      const found = view.hasFocus() || open ? commandAt(view) : null;
      if (found && found.from !== left) {
        open = true;
        const now = JSON.stringify(found);
        if (now !== told) onSlash(found);
        told = now;
        return;
      }
      if (!found) left = -1;
      close();
    };
    return [
      new Plugin({
        key: new PluginKey("slash"),
        view: () => ({ update: look, destroy: close }),
        props: {
          handleKeyDown: (view, event) => {
            if (!open) return false;
            if (event.key === "Escape") {
              left = commandAt(view)?.from ?? -1;
              close();
              event.stopPropagation();
              return true;
            }
            return onKey(event);
          },
        },
      }),
    ];
  },
});

function commandAt(view: EditorView): Slash | null {
  const { selection } = view.state;
  if (!selection.empty || !selection.$from.parent.isTextblock) return null;
  const { $from } = selection;
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, "\ufffc");
  const found = COMMAND.exec(before);
  if (!found) return null;
  const query = found[1] ?? "";
  // Two spaces, or three words that find nothing, are a sentence.
  if (/ {2}/.test(query) || query.startsWith(" ")) return null;
  const from = $from.pos - query.length - 1;
  const place = placeOf(view, from);
  return { query, from, to: $from.pos, ...place };
}

/** Where a position is on the screen; nowhere for a view that is not laid out. */
export function placeOf(view: EditorView, at: number) {
  try {
    const { left, top, bottom } = view.coordsAtPos(at);
    return { left, top, bottom };
  } catch {
    return { left: 0, top: 0, bottom: 0 };
  }
}
