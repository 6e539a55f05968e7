import type { Editor } from "@tiptap/core";
import { useCallback, useEffect, useRef, useState } from "react";
import { address } from "@/shared/api/call";
import type { Attachment, Finding } from "@/shared/api/types";
import { uploadPicture } from "@/shared/api/upload";
import type { Slash } from "@/shared/editor/slash";
import { writing } from "@/shared/editor/writing";
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

  // The editor comes behind the conversation: who is quicker has it done when it stands.
  const asked = useRef<((editor: Editor) => void) | null>(null);
  const there = useRef<Editor | null>(null);
  there.current = editor;
  useEffect(() => {
    if (!editor) return;
    asked.current?.(editor);
    asked.current = null;
  }, [editor]);
  const inEditor = useCallback((act: (editor: Editor) => void) => {
    if (there.current) act(there.current);
    else asked.current = act;
  }, []);

  const openSlash = () =>
    inEditor((it) => {
      const { $from } = it.state.selection;
      const before = $from.parent.textBetween(0, $from.parentOffset, undefined, " ");
      writing(it)
        .insertContent(before === "" || /\s$/.test(before) ? "/" : " /")
        .run();
    });
  const openFacts = useCallback(
    () =>
      inEditor((it) => {
        void import("@/shared/editor/slash").then(({ placeOf }) =>
          setFacts(placeOf(it.view, it.state.selection.from)),
        );
      }),
    [inEditor],
  );

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
          writing(editor)
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
    if (!finding) return;
    inEditor((it) => void import("@/shared/editor/fix").then(({ fixFinding }) => fixFinding(it, finding)));
  };
  const show = (finding: Finding) =>
    inEditor((it) => void import("@/shared/editor/fix").then(({ showFinding }) => showFinding(it, finding)));
  const write = (text: string) =>
    inEditor((it) => void writing(it).insertContent({ type: "text", text }).run());
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
    write,
  };
}
