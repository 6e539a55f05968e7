import type { TFunction } from "i18next";
import { said } from "./said";

/**
 * Why a mail is where it is: our own reasons in words, what we say of a
 * mail server in the screen's language, another server's words as they came. Some of ours go on with theirs ("expired: 452 try later").
 */
export function detailWords(t: TFunction, exists: (key: string) => boolean, detail: string): string {
  const own = /^(bounced|expired|route)\b:?\s*(.*)$/s.exec(detail);
  if (own?.[1]) {
    const rest = detailLines(own[2] ?? "");
    return t(`delivery.detail.${own[1]}`, { rest: rest ? ` (${rest})` : "" });
  }
  const key = `delivery.detail.${detail}`;
  // A dot or a colon would lead i18next somewhere else.
  return !/[.:]/.test(detail) && exists(key) ? t(key) : detailLines(detail);
}

/** A sentence of ours about a mail server a line; what is none stays as it came. */
function detailLines(detail: string): string {
  return detail
    .split("\n")
    .map((line) => said(line))
    .join(" ");
}
