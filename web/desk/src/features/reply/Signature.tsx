import { useTranslation } from "react-i18next";
import type { Conversation } from "@/shared/api/types";
import style from "./Signature.module.css";

/** A person signs, with the shop's logo (P04); shown as it will leave. */
export function Signature({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { text, logo_url } = conversation.signature;
  const [name = "", ...rest] = text.split("\n").filter((line) => line.trim() && line.trim() !== "--");
  if (!name) return null;
  return (
    <div className={style.signature} data-part="signature" title={t("reply.signature")}>
      {logo_url ? <img className={style.logo} src={logo_url} alt="" /> : null}
      <p>
        <b>{name}</b>
        {rest.length ? `, ${rest.join(", ")}` : ""}
      </p>
    </div>
  );
}
