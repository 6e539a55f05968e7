import { useParams } from "@tanstack/react-router";
import { isSection, SettingsPage } from "@/features/settings";
import { NotFound } from "./NotFound";

export function SettingsRoute() {
  const { section = "" } = useParams({ strict: false });
  return isSection(section) ? <SettingsPage section={section} /> : <NotFound />;
}
