export { Palette } from "./Palette";
export { SearchPage } from "./SearchPage";
