import type { CSSProperties } from "react";

/** Colours of tags by the names that the server keeps; each theme has its own tones. */
export const TAG_COLOURS = ["", "green", "blue", "amber", "brick", "violet", "grey"] as const;

const TONES: Record<string, string> = {
  green: "light-dark(#1f5b45, #5fb591)",
  blue: "light-dark(#2b5d8a, #82b4de)",
  amber: "light-dark(#8a5800, #dba94b)",
  brick: "light-dark(#a8352a, #e58c81)",
  violet: "light-dark(#6a4a91, #b99be0)",
  grey: "light-dark(#575f5a, #a8aea9)",
};

/** A rule at its side: the word stays in the colour of the text. */
export function tagColour(colour: string): CSSProperties | undefined {
  const tone = TONES[colour];
  return tone ? { borderInlineStart: `3px solid ${tone}` } : undefined;
}

/** The same tone for a sign beside the word. */
export function tagTone(colour: string): CSSProperties | undefined {
  const tone = TONES[colour];
  return tone ? { color: tone } : undefined;
}
