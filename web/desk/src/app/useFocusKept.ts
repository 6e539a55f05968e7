import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { focusOn, headingIn, keepFocus } from "@/shared/focus/keep";
import { isWriting } from "@/shared/keys/useKeys";

/**
 * The keyboard arrives where a page begins: at the words of a conversation, at what was
 * found, or at the heading. Back in a list it stands on the row that was left.
 */
export function useFocusKept(): void {
  const router = useRouter();
  useEffect(() => {
    let left: string | undefined;
    const open = () => router.state.matches.reduce((_, it) => conversationOf(it.params), "");
    const keeper = keepFocus({
      arrival: () => arrivalAt(open(), left),
      // J and K take the focus along from row to row.
      along: (at) =>
        open() !== "" && at.closest<HTMLElement>("[data-conversation]")?.dataset.conversation === open(),
    });
    const off = [
      router.subscribe("onBeforeNavigate", ({ pathChanged, fromLocation, toLocation }) => {
        // Another search is another page.
        if (!pathChanged && asked(fromLocation) === asked(toLocation)) return;
        left = open();
        keeper.leaving();
      }),
      router.subscribe("onRendered", keeper.arrived),
    ];
    // Out of the text, to where single keys act again.
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
      if (!isWriting(event.target) || !(event.target as Element).closest("main")) return;
      if (document.querySelector('[role="dialog"],[role="menu"]')) return;
      const to = arrivalAt(open(), undefined);
      if (!to) return;
      event.preventDefault();
      focusOn(to);
    };
    window.addEventListener("keydown", leave);
    return () => {
      window.removeEventListener("keydown", leave);
      for (const stop of off) stop();
      keeper.stop();
    };
  }, [router]);
}

function asked(location?: { search: object }): unknown {
  return location && "q" in location.search ? location.search.q : "";
}

function conversationOf(params: object): string {
  return "conversation" in params ? String(params.conversation) : "";
}

function arrivalAt(conversation: string, left: string | undefined): HTMLElement | null {
  const page = document.querySelector("main");
  if (!page) return null;
  const landing = page.querySelector<HTMLElement>("[data-landing]");
  if (landing?.dataset.landing === conversation) return landing;
  if (conversation) return null;
  const row = left ? page.querySelector<HTMLElement>(`[data-conversation="${left}"] a`) : null;
  return row ?? headingIn(page);
}
