import type { Editor } from "@tiptap/core";
import { Bold, Italic, Link2, List } from "lucide-react";
import { useTranslation } from "react-i18next";
import style from "./Editor.module.css";
import { writing } from "./writing";

export function Toolbar({ editor, label }: { editor: Editor; label: string }) {
  const { t } = useTranslation();
  const link = () => {
    const url = window.prompt(t("editor.link_prompt"), editor.getAttributes("link").href ?? "https://");
    if (url === null) return;
    if (url === "" || url === "https://") writing(editor).unsetLink().run();
    else writing(editor).extendMarkRange("link").setLink({ href: url }).run();
  };
  const tools = [
    { key: "bold", hint: "Ctrl B", icon: Bold, run: () => writing(editor).toggleBold().run() },
    { key: "italic", hint: "Ctrl I", icon: Italic, run: () => writing(editor).toggleItalic().run() },
    {
      key: "bulletList",
      hint: "Ctrl ⇧ 8",
      icon: List,
      run: () => writing(editor).toggleBulletList().run(),
    },
    { key: "link", hint: "", icon: Link2, run: link },
  ];
  return (
    <div className={style.tools} role="toolbar" aria-label={label}>
      {tools.map(({ key, hint, icon: Icon, run }) => (
        <button
          key={key}
          type="button"
          className={style.tool}
          aria-label={t(`editor.${key}`)}
          title={[t(`editor.${key}`), hint].filter(Boolean).join(" · ")}
          aria-pressed={editor.isActive(key)}
          onMouseDown={(event) => event.preventDefault()} // who writes keeps on writing
          onClick={run}
        >
          <Icon size={15} aria-hidden="true" />
        </button>
      ))}
    </div>
  );
}
