import type { Addr } from "@/shared/api/types";

/** `Camille Renaud <camille@exemple.fr>, paul@exemple.fr` as people type it; what is none is told apart. */
export function parseAddresses(text: string): { addresses: Addr[]; wrong: string[] } {
  const addresses: Addr[] = [];
  const wrong: string[] = [];
  for (const part of split(text)) {
    const named = /^"?([^"<]*)"?\s*<([^<>\s]+)>$/.exec(part);
    const address = named?.[2] ?? part;
    if (/^[^\s@<>"]+@[^\s@<>"]+$/.test(address)) addresses.push({ name: named?.[1]?.trim() ?? "", address });
    else wrong.push(part);
  }
  return { addresses, wrong };
}

export function formatAddresses(addresses: Addr[]): string {
  return addresses
    .map(({ name, address }) =>
      name ? `${/[,;<>"]/.test(name) ? `"${name.replaceAll('"', "")}"` : name} <${address}>` : address,
    )
    .join(", ");
}

/** At commas and semicolons, but not inside quotes. */
function split(text: string): string[] {
  return (text.match(/(?:"[^"]*"|[^,;"])+/g) ?? []).map((part) => part.trim()).filter(Boolean);
}
