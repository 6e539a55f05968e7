export { SavedAnswersPage } from "./SavedAnswersPage";
