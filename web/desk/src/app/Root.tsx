import { Outlet } from "@tanstack/react-router";
import { useFocusKept } from "./useFocusKept";

/** Around every page, before signing in and after. */
export function Root() {
  useFocusKept();
  return <Outlet />;
}
