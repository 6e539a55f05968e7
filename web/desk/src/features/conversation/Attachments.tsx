import { Download, FileText, Film, Paperclip, TriangleAlert } from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { address } from "@/shared/api/call";
import type { Attachment } from "@/shared/api/types";
import { later } from "@/shared/later";
import { speakSize } from "@/shared/size";
import style from "./Attachments.module.css";
import { lookOf } from "./look";

const Viewer = later(() => import("./Viewer"), "Viewer");

/** Pictures as pictures, the rest by name: looked at here where that can do no harm, or saved. What could harm says so and is only saved. */
export function Attachments({ attachments }: { attachments: Attachment[] }) {
  const { t } = useTranslation();
  const [at, setAt] = useState<number | null>(null);
  if (attachments.length === 0) return null;
  const seen = attachments.filter((it) => lookOf(it) !== null);
  return (
    <>
      <ul className={style.list} aria-label={t("conversation.attachments")}>
        {attachments.map((it) => (
          <li key={it.id}>
            <One file={it} onLook={lookOf(it) ? () => setAt(seen.indexOf(it)) : undefined} />
          </li>
        ))}
      </ul>
      {at === null ? null : (
        <Suspense>
          <Viewer files={seen} at={at} onMove={setAt} onClose={() => setAt(null)} />
        </Suspense>
      )}
    </>
  );
}

function One({ file, onLook }: { file: Attachment; onLook?: () => void }) {
  const { t, i18n } = useTranslation();
  if (file.thumbnail && !file.dangerous) {
    return (
      <button
        type="button"
        className={style.picture}
        onClick={onLook}
        aria-label={t("conversation.look", { name: file.name })}
      >
        <img src={address(`/attachments/${file.id}/thumbnail`)} alt="" loading="lazy" />
      </button>
    );
  }
  const opens = !onLook && !file.dangerous && /^(text\/plain|audio\/)/.test(file.type);
  const Icon = file.dangerous ? TriangleAlert : (SIGNS[lookOf(file) ?? ""] ?? Paperclip);
  const words = (
    <>
      <Icon size={14} aria-hidden="true" />
      <span className={style.name}>{file.name}</span>
      <span className={style.size}>{speakSize(file.size, i18n.language)}</span>
      {file.dangerous ? <span className={style.danger}>{t("conversation.dangerous")}</span> : null}
    </>
  );
  return (
    <span className={style.file}>
      {onLook ? (
        <button type="button" className={style.open} onClick={onLook}>
          {words}
        </button>
      ) : (
        <a
          className={style.open}
          {...(opens
            ? { href: address(`/attachments/${file.id}/view`), target: "_blank", rel: "noreferrer" }
            : { href: address(`/attachments/${file.id}`), download: file.name })}
        >
          {words}
        </a>
      )}
      {onLook || opens ? (
        <a
          className={style.save}
          href={address(`/attachments/${file.id}`)}
          download={file.name}
          aria-label={t("conversation.save", { name: file.name })}
          title={t("conversation.save", { name: file.name })}
        >
          <Download size={14} aria-hidden="true" />
        </a>
      ) : null}
    </span>
  );
}

const SIGNS: Record<string, typeof Film> = { film: Film, pages: FileText };
