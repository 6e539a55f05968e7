export { NoticesButton } from "./NoticesButton";
export { NoticesPage } from "./NoticesPage";
