import { type Editor, Extension } from "@tiptap/core";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import type { Finding } from "@/shared/api/types";

const key = new PluginKey<{ findings: Finding[]; set: DecorationSet }>("findings");

/** Underlines the words that the guard named; the text itself is not touched. */
export const Marked = Extension.create({
  name: "marked",
  addProseMirrorPlugins() {
    return [
      new Plugin({
        key,
        state: {
          init: () => ({ findings: [] as Finding[], set: DecorationSet.empty }),
          apply(tr, before, _old, state) {
            const findings: Finding[] | undefined = tr.getMeta(key);
            if (!findings && !tr.docChanged) return before;
            const current = findings ?? before.findings;
            return { findings: current, set: decorate(state.doc, current) };
          },
        },
        props: { decorations: (state) => key.getState(state)?.set },
      }),
    ];
  },
});

export function markFindings(editor: Editor, findings: Finding[]): void {
  editor.view.dispatch(editor.state.tr.setMeta(key, findings));
}

// By the words rather than their offsets: the guard reads the plain text of the
// mail, whose positions are not the editor's, and the author types on meanwhile.
function decorate(doc: Editor["state"]["doc"], findings: Finding[]): DecorationSet {
  const marks: Decoration[] = [];
  doc.descendants((node, at) => {
    if (!node.isTextblock) return;
    const text = node.textBetween(0, node.content.size, undefined, "\ufffc");
    for (const { words, severity } of findings) {
      if (!words) continue;
      for (let from = text.indexOf(words); from >= 0; from = text.indexOf(words, from + words.length)) {
        const start = at + 1 + from;
        marks.push(Decoration.inline(start, start + words.length, { class: `finding finding-${severity}` }));
      }
    }
    return false;
  });
  return DecorationSet.create(doc, marks);
}
