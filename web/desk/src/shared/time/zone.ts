import { createContext, useContext } from "react";

/** The shop's time zone: due times are spoken in it, wherever the person sits. */
export const ZoneContext = createContext<string>(Intl.DateTimeFormat().resolvedOptions().timeZone);

export function useZone(): string {
  return useContext(ZoneContext);
}
