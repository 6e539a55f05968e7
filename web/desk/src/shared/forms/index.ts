export { ConnectionTest } from "./ConnectionTest";
export { DelayField } from "./DelayField";
export { HoursEditor } from "./HoursEditor";
export { findFault, tidy, USUAL_DELAY, usualHours } from "./hours";
export { MailboxFields } from "./MailboxFields";
export { newMailbox } from "./mailbox";
export { OwedSince } from "./OwedSince";
export { newShop, ShopFields } from "./ShopFields";
