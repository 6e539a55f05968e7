import { Paperclip, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Attachment } from "@/shared/api/types";
import { LARGEST_ATTACHED } from "@/shared/api/upload";
import { speakSize } from "@/shared/size";
import style from "./Files.module.css";
import type { Upload } from "./useUploads";

interface FilesProps {
  attachments: Attachment[];
  uploads: Upload[];
  /** Without it nothing is taken away. */
  onRemove?: (id: number) => void;
  onForget: (key: string) => void;
}

/** What goes with the answer, and what is still on its way to the server. */
export function Files({ attachments, uploads, onRemove, onForget }: FilesProps) {
  const { t, i18n } = useTranslation();
  if (attachments.length + uploads.length === 0) return null;
  return (
    <ul className={style.files} aria-label={t("reply.files")}>
      {attachments.map((file) => (
        <li key={file.id} className={style.file}>
          <Paperclip size={13} aria-hidden="true" />
          <span className={style.name}>{file.name}</span>
          <span className={style.size}>
            {speakSize(file.size, i18n.language)}
            {file.size > LARGEST_ATTACHED ? ` · ${t("reply.file_link")}` : ""}
          </span>
          {onRemove ? (
            <button
              type="button"
              className={style.remove}
              onClick={() => onRemove(file.id)}
              aria-label={t("reply.file_remove", { name: file.name })}
            >
              <X size={13} aria-hidden="true" />
            </button>
          ) : null}
        </li>
      ))}
      {uploads.map(({ key, name, done, error }) => (
        <li key={key} className={style.file} data-failed={error ? "" : undefined}>
          <span className={style.name}>{name}</span>
          {error ? (
            <span className={style.error} role="alert">
              {error}
            </span>
          ) : (
            <progress
              className={style.progress}
              value={done}
              max={1}
              aria-label={t("reply.file_sending", { name })}
            />
          )}
          <button
            type="button"
            className={style.remove}
            onClick={() => onForget(key)}
            aria-label={t("reply.file_remove", { name })}
          >
            <X size={13} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
