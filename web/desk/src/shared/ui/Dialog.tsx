import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactNode, type RefObject, useRef } from "react";
import { useTranslation } from "react-i18next";
import { firstIn } from "@/shared/focus/keep";
import { cx } from "./cx";
import style from "./Dialog.module.css";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** One sentence under the title: what will happen. */
  intro?: ReactNode;
  children: ReactNode;
  /** The buttons, the main one last. */
  actions?: ReactNode;
  wide?: boolean;
  initialFocus?: RefObject<HTMLElement | null>;
}

/** A modal: the focus goes in, stays, and returns to where it came from. */
export function Dialog({ open, onClose, title, intro, children, actions, wide, initialFocus }: DialogProps) {
  const { t } = useTranslation();
  const body = useRef<HTMLDivElement>(null);
  // To what is asked, not to the cross that stands before it; a finger is shown no keyboard.
  const first = (by: string) => (by !== "touch" && body.current && firstIn(body.current)) || true;
  return (
    <Base.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={style.veil} />
        <Base.Popup className={cx(style.popup, wide && style.wide)} initialFocus={initialFocus ?? first}>
          <header className={style.head}>
            <Base.Title className={style.title}>{title}</Base.Title>
            <Base.Close className={style.close} aria-label={t("ui.close")}>
              <X size={16} aria-hidden="true" />
            </Base.Close>
          </header>
          {intro ? <Base.Description className={style.intro}>{intro}</Base.Description> : null}
          <div ref={body} className={style.body}>
            {children}
          </div>
          {actions ? <footer className={style.actions}>{actions}</footer> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
