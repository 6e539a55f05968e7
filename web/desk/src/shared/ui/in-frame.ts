// The frame's own style: the desk's colours of light and dark, and nothing else of it.
const PAPER = `html{color-scheme:light dark}
body{margin:12px 16px;font:14px/1.5 system-ui,sans-serif;color:light-dark(#1e2421,#e9e7e1)}
p{max-width:75ch;margin:0 0 8px}`;

/** A text that the server has sanitised, as the document of a sandboxed frame. */
export function inFrame(html: string): string {
  return `<style>${PAPER}</style>${html}`;
}
