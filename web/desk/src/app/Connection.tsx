import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useLiveState } from "@/shared/live/LiveProvider";
import style from "./Connection.module.css";

function subscribe(listener: () => void) {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Says when what is on the screen may be old, and nothing while all is well. */
export function Connection() {
  const { t } = useTranslation();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  const live = useLiveState();
  const [long, setLong] = useState(false);
  const cut = live !== "open";
  useEffect(() => {
    setLong(false);
    if (!cut) return;
    // A server that restarts is back within seconds: nobody needs to hear of it.
    const timer = setTimeout(() => setLong(true), 5000);
    return () => clearTimeout(timer);
  }, [cut]);
  const words = online ? (cut && long ? t("shell.cut") : "") : t("shell.offline");
  return (
    <div role="status" aria-live="polite">
      {words ? <p className={style.strip}>{words}</p> : null}
    </div>
  );
}
