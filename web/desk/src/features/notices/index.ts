export { NoticesButton } from "./NoticesButton";
