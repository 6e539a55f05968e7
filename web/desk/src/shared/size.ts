/** "1,2 Mo" in French, "1.2 MB" in English. */
export function speakSize(bytes: number, language: string): string {
  const french = language.startsWith("fr");
  const number = new Intl.NumberFormat(french ? "fr-FR" : "en-GB", { maximumFractionDigits: 1 });
  if (bytes < 1000) return `${number.format(bytes)}\u00a0${french ? "o" : "B"}`;
  if (bytes < 1_000_000) return `${number.format(Math.round(bytes / 1000))}\u00a0${french ? "ko" : "kB"}`;
  return `${number.format(bytes / 1_000_000)}\u00a0${french ? "Mo" : "MB"}`;
}
