export { useConversation } from "./api/conversation";
export { ConversationView } from "./ConversationView";
