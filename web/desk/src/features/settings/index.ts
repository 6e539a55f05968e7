export { isSection, SettingsPage } from "./SettingsPage";
