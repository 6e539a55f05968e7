import { withWords } from "@/shared/i18n";

export { NoticesButton } from "./NoticesButton";
/** All of them, on a page of its own: fetched when it is opened. */
export const noticesPage = () => withWords(import("./NoticesPage"));
