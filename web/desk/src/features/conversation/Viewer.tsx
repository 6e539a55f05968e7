import { Dialog } from "@base-ui/react/dialog";
import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { address } from "@/shared/api/call";
import type { Attachment } from "@/shared/api/types";
import { speakSize } from "@/shared/size";
import { lookOf } from "./look";
import style from "./Viewer.module.css";

interface ViewerProps {
  files: readonly Attachment[];
  at: number;
  onMove: (at: number) => void;
  onClose: () => void;
}

/** A file large: arrows go to the next, Escape leaves, and the focus returns to where it came from. */
export function Viewer({ files, at, onMove, onClose }: ViewerProps) {
  const { t, i18n } = useTranslation();
  const file = files[at];
  if (!file) return null;
  const go = (by: number) => onMove((at + by + files.length) % files.length);
  const onKeyDown = (event: KeyboardEvent) => {
    // In a film the arrows wind it.
    if (files.length < 2 || event.target instanceof HTMLVideoElement) return;
    if (event.key === "ArrowRight") go(1);
    else if (event.key === "ArrowLeft") go(-1);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog.Root open onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className={style.veil} />
        <Dialog.Popup className={style.popup} onKeyDown={onKeyDown}>
          <header className={style.top}>
            <Dialog.Title className={style.title}>{file.name}</Dialog.Title>
            <span className={style.meta}>
              {files.length > 1 ? `${at + 1} / ${files.length} · ` : ""}
              {speakSize(file.size, i18n.language)}
            </span>
            <a
              className={style.tool}
              href={address(`/attachments/${file.id}`)}
              download={file.name}
              aria-label={t("conversation.save", { name: file.name })}
              title={t("conversation.save", { name: file.name })}
            >
              <Download size={16} aria-hidden="true" />
            </a>
            <Dialog.Close className={style.tool} aria-label={t("ui.close")} title={`${t("ui.close")} (Esc)`}>
              <X size={16} aria-hidden="true" />
            </Dialog.Close>
          </header>
          <div className={style.stage}>
            <Shown key={file.id} file={file} />
            {files.length > 1 ? (
              <>
                <button
                  type="button"
                  className={style.before}
                  onClick={() => go(-1)}
                  aria-label={t("conversation.look_before")}
                >
                  <ChevronLeft size={22} aria-hidden="true" />
                </button>
                <button
                  type="button"
                  className={style.after}
                  onClick={() => go(1)}
                  aria-label={t("conversation.look_after")}
                >
                  <ChevronRight size={22} aria-hidden="true" />
                </button>
              </>
            ) : null}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Pictures that no browser draws (HEIC) come as the server draws them. */
const DRAWN = /^image\/(png|jpe?g|gif|webp)/;

function Shown({ file }: { file: Attachment }) {
  const { t } = useTranslation();
  const [broken, setBroken] = useState(false);
  const source = address(`/attachments/${file.id}/view`);
  if (broken) return <p className={style.broken}>{t("conversation.look_broken")}</p>;
  switch (lookOf(file)) {
    case "film":
      return (
        // biome-ignore lint/a11y/useMediaCaption: a customer's film has none
        <video
          className={style.film}
          src={source}
          controls
          preload="metadata"
          aria-label={file.name}
          onError={() => setBroken(true)}
        />
      );
    case "pages":
      return <iframe className={style.pages} src={source} title={file.name} />;
    default:
      return (
        <img
          className={style.picture}
          src={DRAWN.test(file.type) ? source : address(`/attachments/${file.id}/thumbnail?large=1`)}
          alt={file.name}
          onError={() => setBroken(true)}
        />
      );
  }
}
