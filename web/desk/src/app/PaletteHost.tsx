import { useNavigate } from "@tanstack/react-router";
import { Palette } from "@/features/search";
import { type DeskActs, useDeskCommands } from "./useDeskCommands";

/** The palette with what can be done from anywhere. */
export function PaletteHost({ onClose, ...acts }: DeskActs & { onClose: () => void }) {
  const navigate = useNavigate();
  const open = useDeskCommands(acts);
  return (
    <Palette
      onClose={onClose}
      onConversation={open}
      onSearch={(q) => void navigate({ to: "/search", search: { q, order: "" } })}
    />
  );
}
