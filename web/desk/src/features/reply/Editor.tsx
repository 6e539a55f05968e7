import { EditorContent, useEditor } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import { Bold, Italic, Link2, List } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Finding } from "@/shared/api/types";
import style from "./Editor.module.css";
import { Marked, markFindings } from "./marked";

interface EditorProps {
  html: string;
  /** Moves when the text comes from elsewhere than this editor. */
  version: number;
  language: string;
  placeholder: string;
  findings: Finding[];
  focus: number;
  onChange: (html: string) => void;
  onFiles: (files: File[]) => void;
  onSend: () => void;
}

/** The rich text of an answer; fetched only when a conversation is opened. */
export default function Editor({
  html,
  version,
  language,
  placeholder,
  findings,
  focus,
  onChange,
  onFiles,
  onSend,
}: EditorProps) {
  const { t } = useTranslation();
  const on = useRef({ onChange, onFiles, onSend });
  on.current = { onChange, onFiles, onSend };
  const editor = useEditor({
    extensions: [StarterKit.configure({ link: { openOnClick: false } }), Marked],
    content: html,
    editorProps: {
      attributes: {
        class: style.text ?? "",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": placeholder,
        lang: language,
        spellcheck: "true",
      },
      handlePaste: (_, event) => take(event.clipboardData?.files, on.current.onFiles),
      handleDrop: (_, event) => take((event as DragEvent).dataTransfer?.files, on.current.onFiles),
      handleKeyDown: (_, event) => {
        if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return false;
        event.preventDefault();
        on.current.onSend();
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
    if (editor && focus > 0) editor.commands.focus("end");
  }, [editor, focus]);
  useEffect(() => {
    if (editor) markFindings(editor, findings);
  }, [editor, findings]);

  if (!editor) return null;
  const link = () => {
    const url = window.prompt(t("reply.link_prompt"), editor.getAttributes("link").href ?? "https://");
    if (url === null) return;
    if (url === "" || url === "https://") editor.chain().focus().unsetLink().run();
    else editor.chain().focus().extendMarkRange("link").setLink({ href: url }).run();
  };
  const tools = [
    { key: "bold", icon: Bold, run: () => editor.chain().focus().toggleBold().run() },
    { key: "italic", icon: Italic, run: () => editor.chain().focus().toggleItalic().run() },
    { key: "bulletList", icon: List, run: () => editor.chain().focus().toggleBulletList().run() },
    { key: "link", icon: Link2, run: link },
  ];
  return (
    <div className={style.editor} data-empty={editor.isEmpty || undefined} data-placeholder={placeholder}>
      <EditorContent editor={editor} />
      <div className={style.tools} role="toolbar" aria-label={t("reply.tools")}>
        {tools.map(({ key, icon: Icon, run }) => (
          <button
            key={key}
            type="button"
            className={style.tool}
            aria-label={t(`reply.tool.${key}`)}
            title={t(`reply.tool.${key}`)}
            aria-pressed={editor.isActive(key)}
            onClick={run}
          >
            <Icon size={15} aria-hidden="true" />
          </button>
        ))}
      </div>
    </div>
  );
}

function take(files: FileList | undefined | null, onFiles: (files: File[]) => void): boolean {
  if (!files?.length) return false;
  onFiles([...files]);
  return true;
}
