import { Dialog as Base } from "@base-ui/react/dialog";
import { Phone } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { Nav } from "./Nav";
import style from "./NavDrawer.module.css";

interface NavDrawerProps {
  onClose: () => void;
  onContact: () => void;
}

/** The left nav on a phone. */
export function NavDrawer({ onClose, onContact }: NavDrawerProps) {
  const { t } = useTranslation();
  return (
    <Base.Root open onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={style.veil} />
        <Base.Popup className={style.drawer}>
          <Base.Title className="visually-hidden">{t("shell.menu")}</Base.Title>
          <Button
            className={style.contact}
            onClick={() => {
              onClose();
              onContact();
            }}
          >
            <Phone size={16} aria-hidden="true" /> {t("contact.open")}
          </Button>
          <Nav className={style.nav} onGo={onClose} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
