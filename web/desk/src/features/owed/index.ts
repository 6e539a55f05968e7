export { goNext } from "./api/next";
export { OwedList } from "./OwedList";
export { isView, VIEWS } from "./views";
