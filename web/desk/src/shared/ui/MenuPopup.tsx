import { Menu as Base } from "@base-ui/react/menu";
import { ariaKeys, shownKey } from "@/shared/keys/shortcut";
import { cx } from "./cx";
import type { MenuProps } from "./Menu";
import style from "./Menu.module.css";

/** The menu itself, once it has been asked for; it opens as it appears. */
export function MenuPopup({ trigger, items, label, align = "end" }: MenuProps) {
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className={style.place}>
          <Base.Popup className={style.popup} aria-label={label}>
            {items.map((item) => (
              <Base.Item
                key={item.key}
                className={cx(style.item, item.danger && style.danger)}
                disabled={item.disabled}
                aria-keyshortcuts={item.hint ? ariaKeys(item.hint) : undefined}
                onClick={item.onSelect}
              >
                <span>{item.label}</span>
                {item.hint ? <kbd className={style.key}>{shownKey(item.hint)}</kbd> : null}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
