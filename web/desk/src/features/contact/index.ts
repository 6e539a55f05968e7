export { ContactDialog } from "./ContactDialog";
