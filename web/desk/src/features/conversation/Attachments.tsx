import { Download, Paperclip, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { address } from "@/shared/api/call";
import type { Attachment } from "@/shared/api/types";
import { speakSize } from "@/shared/size";
import style from "./Attachments.module.css";

/** Pictures as pictures, the rest by name: opened where a browser can, or saved. What could harm says so and is only saved. */
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
            <span className={style.file}>
              <a
                className={style.open}
                {...(opens(it)
                  ? { href: address(`/attachments/${it.id}/view`), target: "_blank", rel: "noreferrer" }
                  : { href: address(`/attachments/${it.id}`), download: it.name })}
              >
                {it.dangerous ? (
                  <TriangleAlert size={14} aria-hidden="true" />
                ) : (
                  <Paperclip size={14} aria-hidden="true" />
                )}
                <span className={style.name}>{it.name}</span>
                <span className={style.size}>{speakSize(it.size, i18n.language)}</span>
                {it.dangerous ? <span className={style.danger}>{t("conversation.dangerous")}</span> : null}
              </a>
              {opens(it) ? (
                <a
                  className={style.save}
                  href={address(`/attachments/${it.id}`)}
                  download={it.name}
                  aria-label={t("conversation.save", { name: it.name })}
                  title={t("conversation.save", { name: it.name })}
                >
                  <Download size={14} aria-hidden="true" />
                </a>
              ) : null}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What a browser shows by itself. The server looks at the bytes, and has anything else saved after all. */
function opens({ dangerous, type }: Attachment) {
  return !dangerous && /^(application\/pdf|text\/plain|(audio|video|image)\/)/.test(type);
}
