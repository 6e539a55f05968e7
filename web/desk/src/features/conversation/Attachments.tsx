import { Paperclip, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { address } from "@/shared/api/call";
import type { Attachment } from "@/shared/api/types";
import { speakSize } from "@/shared/size";
import style from "./Attachments.module.css";

/** Pictures as pictures, the rest by name; what could harm says so and only downloads. */
export function Attachments({ attachments }: { attachments: Attachment[] }) {
  const { t, i18n } = useTranslation();
  if (attachments.length === 0) return null;
  return (
    <ul className={style.list} aria-label={t("conversation.attachments")}>
      {attachments.map((it) => (
        <li key={it.id}>
          {it.thumbnail && !it.dangerous ? (
            <a
              className={style.picture}
              href={address(`/attachments/${it.id}/view`)}
              target="_blank"
              rel="noreferrer"
            >
              <img src={address(`/attachments/${it.id}/thumbnail`)} alt={it.name} loading="lazy" />
            </a>
          ) : (
            <a className={style.file} href={address(`/attachments/${it.id}`)} download={it.name}>
              {it.dangerous ? (
                <TriangleAlert size={14} aria-hidden="true" />
              ) : (
                <Paperclip size={14} aria-hidden="true" />
              )}
              <span className={style.name}>{it.name}</span>
              <span className={style.size}>{speakSize(it.size, i18n.language)}</span>
              {it.dangerous ? <span className={style.danger}>{t("conversation.dangerous")}</span> : null}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
