/** The words of a rich text, a paragraph a line. */
export function plainText(html: string): string {
  const page = new DOMParser().parseFromString(
    html.replace(/<(br|\/p|\/li)[^>]*>/gi, (end) => `\n${end}`),
    "text/html",
  );
  return (page.body.textContent ?? "").replace(/\n{3,}/g, "\n\n").trim();
}
