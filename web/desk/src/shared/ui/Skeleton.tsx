import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import style from "./Skeleton.module.css";

/** Grey lines, after 150 ms only: what arrives sooner must not flicker. */
export function Skeleton({ lines = 3, label }: { lines?: number; label?: string }) {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={style.box} role="status" aria-busy="true">
      <span className="visually-hidden">{label ?? t("ui.loading")}</span>
      {late
        ? WIDTHS.slice(0, lines).map((width) => (
            <span key={width} className={style.line} style={{ width: `${width}%` }} />
          ))
        : null}
    </div>
  );
}

// All different, since they are their own keys.
const WIDTHS = [62, 88, 41, 70, 92, 36, 58, 84, 47];
