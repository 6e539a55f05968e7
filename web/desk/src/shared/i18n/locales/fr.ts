import refusals from "../faults.fr.json";
import mailServer from "../mail-server.fr.json";

/** By the server's English sentence: its refusals, and what it says of mail servers. */
export const faults = { ...mailServer, ...refusals };

// One chunk a language: what is read at start is one file, not twenty.
export default import.meta.glob<Record<string, unknown>>("./fr/*.json", { eager: true, import: "default" });
