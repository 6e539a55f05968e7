import { type Editor, Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { writing } from "./writing";

/** What a saved answer could not fill in: the guard stops it, and Tab goes from one to the next. */
export interface Hole {
  from: number;
  to: number;
}

const HOLE = /\{\{[^{}\n]{1,120}\}\}/g;

export function holesOf(doc: Node): Hole[] {
  const found: Hole[] = [];
  doc.descendants((node, at) => {
    if (!node.isTextblock) return;
    const text = node.textBetween(0, node.content.size, undefined, "\ufffc");
    for (const hole of text.matchAll(HOLE)) {
      const from = at + 1 + hole.index;
      found.push({ from, to: from + hole[0].length });
    }
    return false;
  });
  return found;
}

/** Selects the first hole from a position on, or the first of all; false when there is none. */
export function goToHole(editor: Editor, from: number): boolean {
  const all = holesOf(editor.state.doc);
  const next = all.find((hole) => hole.from >= from) ?? all[0];
  if (!next) return false;
  return writing(editor).setTextSelection(next).scrollIntoView().run();
}

export const Holes = Extension.create({
  name: "holes",
  addKeyboardShortcuts() {
    return {
      Tab: ({ editor }) => {
        if (editor.isActive("listItem")) return false;
        const { from, to } = editor.state.selection;
        return goToHole(editor as Editor, from === to ? from : to);
      },
    };
  },
  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey("holes"),
        props: {
          decorations: ({ doc }) =>
            DecorationSet.create(
              doc,
              holesOf(doc).map(({ from, to }) => Decoration.inline(from, to, { class: "hole" })),
            ),
        },
      }),
    ];
  },
});
