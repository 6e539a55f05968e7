import { useQueryClient } from "@tanstack/react-query";
import { useLocation, useParams } from "@tanstack/react-router";
import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useTitle } from "@/features/owed";
import { keys } from "@/shared/api/keys";
import type { Conversation } from "@/shared/api/types";
import { useKnownWords } from "@/shared/i18n/useKnownWords";
import { useSignedIn } from "@/shared/session/useMe";
import { isView } from "@/shared/view";

// The first word of an address, and what the place is called.
const PLACES: Record<string, string> = {
  settings: "nav.settings",
  quarantine: "nav.quarantine",
  outbox: "nav.outbox",
  notices: "notices.open",
  search: "search.title",
  "saved-answers": "nav.saved_answers",
  incidents: "nav.incidents",
  report: "nav.report",
  audit: "audit.title",
};

/** Names the page in the browser's tab, which a screen reader says first: what is read, or where one is. */
export function PageTitle() {
  const { t } = useTranslation();
  const known = useKnownWords(); // it names all places, whose words come later
  const shop = useSignedIn().shop.name;
  const { pathname } = useLocation();
  const { view, conversation, section } = useParams({ strict: false });
  const list = useTitle(isView(view ?? "") ? (view as "owed") : "owed");
  // Read by the page itself; here it is only looked at: a second reader would change how it is read.
  const queries = useQueryClient();
  const subject = useSyncExternalStore(
    (changed) => queries.getQueryCache().subscribe(changed),
    () => queries.getQueryData<Conversation>(keys.conversation(Number(conversation)))?.subject,
  );
  const place = PLACES[pathname.split("/")[1] ?? ""];
  const words = conversation
    ? subject === undefined
      ? ""
      : subject || t("owed.no_subject")
    : [section ? known(`settings.nav.${section}`) : "", place ? known(place) : list]
        .filter(Boolean)
        .join(" · ");
  useEffect(() => {
    if (words) document.title = `${words} · ${shop}`;
  }, [words, shop]);
  return null;
}
