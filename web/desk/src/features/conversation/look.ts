import type { Attachment } from "@/shared/api/types";

export type Look = "picture" | "film" | "pages";

/** How a file can be looked at within the desk; null where it can only be saved. The server looks at its bytes. */
export function lookOf({ dangerous, thumbnail, type, name }: Attachment): Look | null {
  if (dangerous) return null;
  if (thumbnail) return "picture";
  if (/^video\/(mp4|webm|quicktime)/.test(type) || /\.(mp4|m4v|webm|mov)$/i.test(name)) return "film";
  return /^application\/pdf/.test(type) ? "pages" : null;
}
