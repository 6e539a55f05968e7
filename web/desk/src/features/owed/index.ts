export { goNext } from "./api/next";
export { OwedList } from "./OwedList";
export { useTitle } from "./useTitle";
