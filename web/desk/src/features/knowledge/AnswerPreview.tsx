import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { inFrame } from "@/shared/ui/in-frame";
import { useSample } from "./api/saved-answers";
import style from "./Knowledge.module.css";

/** How the words read to a customer, while they are written. */
export function AnswerPreview({ html, lang }: { html: string; lang: "fr" | "en" }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState({ html, lang });
  useEffect(() => {
    const timer = setTimeout(() => setAsked({ html, lang }), 400);
    return () => clearTimeout(timer);
  }, [html, lang]);
  const sample = useSample(asked.html, asked.lang);
  if (!html) return null;
  return (
    <section className={style.shown} aria-label={t("knowledge.preview")}>
      <h2 className={style.meta}>{t("knowledge.preview")}</h2>
      {/* The server's own sanitised rendering, in a frame that can do nothing. */}
      <iframe
        className={style.frame}
        title={t("knowledge.preview")}
        sandbox=""
        srcDoc={inFrame(sample.data?.html ?? "")}
      />
      {sample.data?.holes.length ? (
        <p className={style.due} role="status">
          {t("knowledge.holes", { count: sample.data.holes.length, names: sample.data.holes.join(", ") })}
        </p>
      ) : null}
    </section>
  );
}
