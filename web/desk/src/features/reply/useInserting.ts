import type { Editor } from "@tiptap/core";
import { useCallback, useRef, useState } from "react";
import { address } from "@/shared/api/call";
import type { Attachment, Finding } from "@/shared/api/types";
import { uploadPicture } from "@/shared/api/upload";
import type { Slash } from "@/shared/editor/slash";
import type { MenuKeys } from "./SlashMenu";
import type { Answer } from "./useAnswer";

interface Inserting {
  answer: Answer;
  change: (part: Partial<Answer>) => void;
  addFiles: (files: File[]) => void;
}

const PICTURE = /^image\/(png|jpeg|gif|webp)$/;
// Above it a picture would weigh on every mail: it goes as a file.
const LARGEST_PICTURE = 5 * 1024 * 1024;

/** What is put into the text from beside it: saved answers, facts, pictures, the guard's words. */
export function useInserting({ answer, change, addFiles }: Inserting) {
  const [editor, setEditor] = useState<Editor | null>(null);
  const [slash, setSlash] = useState<Slash | null>(null);
  const [facts, setFacts] = useState<{ left: number; top: number; bottom: number } | null>(null);
  const menu = useRef<MenuKeys | null>(null);
  const files = useRef<Attachment[]>(answer.attachments);
  files.current = answer.attachments;

  const openSlash = () => {
    if (!editor) return;
    const { $from } = editor.state.selection;
    const before = $from.parent.textBetween(0, $from.parentOffset, undefined, " ");
    editor
      .chain()
      .focus()
      .insertContent(before === "" || /\s$/.test(before) ? "/" : " /")
      .run();
  };
  const openFacts = useCallback(() => {
    if (!editor) return;
    void import("@/shared/editor/slash").then(({ placeOf }) =>
      setFacts(placeOf(editor.view, editor.state.selection.from)),
    );
  }, [editor]);

  const addAll = (given: File[]) => {
    const rest: File[] = [];
    for (const file of given) {
      if (!editor || !PICTURE.test(file.type) || file.size > LARGEST_PICTURE) {
        rest.push(file);
        continue;
      }
      uploadPicture(file).then(
        (picture) => {
          files.current = [...files.current, picture];
          change({ attachments: files.current });
          if (!picture.inline || !picture.content_id) return; // a kind that mail programs don't draw
          editor
            .chain()
            .focus()
            .insertContent({ type: "picture", attrs: { cid: picture.content_id, alt: picture.name } })
            .run();
        },
        () => addFiles([file]),
      );
    }
    if (rest.length) addFiles(rest);
  };
  const pictureUrl = (cid: string) => {
    const found = files.current.find((it) => it.content_id === cid);
    return found ? address(`/attachments/${found.id}/view`) : "";
  };

  const fix = (finding?: Finding) => {
    if (!editor || !finding) return;
    void import("@/shared/editor/fix").then(({ fixFinding }) => fixFinding(editor, finding));
  };
  const show = (finding: Finding) => {
    if (!editor) return;
    void import("@/shared/editor/fix").then(({ showFinding }) => showFinding(editor, finding));
  };
  return {
    editor,
    setEditor,
    slash,
    setSlash,
    openSlash,
    menu,
    facts,
    openFacts,
    closeFacts: () => setFacts(null),
    addAll,
    pictureUrl,
    fix,
    show,
  };
}
