import { shownKey } from "@/shared/keys/shortcut";
import style from "./Kbd.module.css";

export function Kbd({ children }: { children: string }) {
  return <kbd className={style.kbd}>{shownKey(children)}</kbd>;
}
