import { cloneElement, type ReactElement, type ReactNode, Suspense, useState } from "react";
import { later } from "@/shared/later";

const load = () => import("./MenuPopup");
const MenuPopup = later(load, "MenuPopup");

export interface MenuItem {
  label: ReactNode;
  onSelect: () => void;
  hint?: string;
  danger?: boolean;
  disabled?: boolean;
  key: string;
}

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement<Record<string, unknown>>;
  items: MenuItem[];
  label: string;
  align?: "start" | "end";
}

/** A menu on a button. Its code (a quarter of the first page) comes when the pointer or the focus does. */
export function Menu(props: MenuProps) {
  const [asked, setAsked] = useState(false);
  const trigger = cloneElement(props.trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerEnter: load,
    onFocus: load,
    onClick: () => setAsked(true),
  });
  if (!asked) return trigger;
  return (
    <Suspense fallback={trigger}>
      <MenuPopup {...props} />
    </Suspense>
  );
}
