import refusals from "../faults.fr.json";
import mailServer from "../mail-server.fr.json";

/** By the server's English sentence: its refusals, and what it says of mail servers. */
export default { ...mailServer, ...refusals };
