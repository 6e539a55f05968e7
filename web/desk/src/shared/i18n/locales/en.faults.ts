export { default } from "../faults.en.json";
