/** What somebody typed to say who it was: an address, a number, or a name. */
export function readWho(text: string): { name: string; address?: string; phone?: string } {
  const words = text.trim();
  const address = /[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+/.exec(words)?.[0];
  if (address) return { name: rest(words, address), address };
  const phone = /\+?\d[\d .\-()]{6,}\d/.exec(words)?.[0];
  if (phone) return { name: rest(words, phone), phone: phone.trim() };
  return { name: words };
}

function rest(words: string, part: string): string {
  return words
    .replace(part, "")
    .replace(/[<>,;()]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
