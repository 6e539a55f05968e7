import type { Editor as Tiptap } from "@tiptap/core";
import { EditorContent, useEditor } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Finding } from "@/shared/api/types";
import { useAfterPaint } from "../useAfterPaint";
import style from "./Editor.module.css";
import { Holes } from "./holes";
import { Marked, markFindings } from "./marked";
import { Picture } from "./picture";
import { type Slash, SlashCommand } from "./slash";
import { Toolbar } from "./Toolbar";

export interface EditorProps {
  html: string;
  /** To be read, not written. */
  readOnly?: boolean;
  /** Moves when the text comes from elsewhere than this editor. */
  version: number;
  language: string;
  placeholder: string;
  findings?: Finding[];
  focus: number;
  onChange: (html: string) => void;
  /** Files that are pasted or dropped; pictures may stand in the text. */
  onFiles?: (files: File[]) => void;
  /** Keys with Ctrl, ⌘ or Alt, before the editor's own; true when taken. */
  onKey?: (event: KeyboardEvent) => boolean;
  onSlash?: (slash: Slash | null) => void;
  onSlashKey?: (event: KeyboardEvent) => boolean;
  /** The editor itself, for what is inserted from a menu. */
  onEditor?: (editor: Tiptap | null) => void;
  pictureUrl?: (cid: string) => string;
}

/**
 * The rich text of an answer; fetched only when something is to be written. It
 * costs as much as the conversation above it: who only reads on never waits for it.
 */
export default function Editor(props: EditorProps) {
  const time = useAfterPaint(60);
  const asked = props.focus > 0;
  return time || asked ? <Writing {...props} /> : <Place {...props} />;
}

/** As high as the editor that comes. */
function Place({ html, placeholder }: EditorProps) {
  return (
    <div className={style.editor} data-empty={html ? undefined : ""} data-placeholder={placeholder}>
      <div className={style.text} />
      <div className={style.tools}>
        <span className={style.tool} />
      </div>
    </div>
  );
}

function Writing(props: EditorProps) {
  const { html, version, placeholder, findings, focus, onEditor, readOnly = false } = props;
  const { t } = useTranslation();
  const on = useRef(props);
  on.current = props;
  const editor = useEditor({
    extensions: [
      StarterKit.configure({ link: { openOnClick: false } }),
      Marked,
      Holes,
      Picture.configure({ urlOf: (cid) => on.current.pictureUrl?.(cid) ?? "" }),
      SlashCommand.configure({
        onSlash: (slash) => on.current.onSlash?.(slash),
        onKey: (event) => on.current.onSlashKey?.(event) ?? false,
      }),
    ],
    content: html,
    editable: !readOnly,
    editorProps: {
      // Asked anew with each drawing: who is written to may change while the editor stands.
      attributes: () => ({
        class: style.text ?? "",
        ...(readOnly ? { role: "document" } : { role: "textbox", "aria-multiline": "true" }),
        "aria-label": on.current.placeholder,
        // The browser's own checker reads in the customer's language.
        lang: on.current.language,
        spellcheck: "true",
      }),
      handlePaste: (_, event) => take(event.clipboardData?.files, on.current.onFiles),
      handleDrop: (_, event) => take((event as DragEvent).dataTransfer?.files, on.current.onFiles),
      handleKeyDown: (_, event) => {
        if (!(event.metaKey || event.ctrlKey || event.altKey)) return false;
        if (!on.current.onKey?.(event)) return false;
        event.preventDefault();
        return true;
      },
    },
    onUpdate: ({ editor: it }) => on.current.onChange(it.isEmpty ? "" : it.getHTML()),
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is pushed in only when the version moves
  useEffect(() => {
    if (editor && version > 0) editor.commands.setContent(html, { emitUpdate: false });
  }, [editor, version]);
  useEffect(() => {
    if (!editor || focus === 0) return;
    editor.view.focus(); // at once, for the letters that follow
    editor.commands.focus("end");
  }, [editor, focus]);
  // By what they say: a new list of the same findings is no reason to draw again.
  const marks = JSON.stringify(findings ?? []);
  useEffect(() => {
    if (editor) markFindings(editor, JSON.parse(marks));
  }, [editor, marks]);
  const told = useRef(onEditor);
  told.current = onEditor;
  useEffect(() => {
    told.current?.(editor);
    return () => told.current?.(null);
  }, [editor]);

  if (!editor) return null;
  return (
    <div className={style.editor} data-empty={editor.isEmpty || undefined} data-placeholder={placeholder}>
      <EditorContent editor={editor} />
      {readOnly ? null : <Toolbar editor={editor} label={t("editor.tools")} />}
    </div>
  );
}

function take(files: FileList | undefined | null, onFiles?: (files: File[]) => void): boolean {
  if (!files?.length || !onFiles) return false;
  onFiles([...files]);
  return true;
}
