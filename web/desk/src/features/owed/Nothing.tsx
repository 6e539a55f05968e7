import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { View } from "@/shared/api/types";
import { useMailboxes } from "@/shared/session/useMailboxes";
import { useSignedIn } from "@/shared/session/useMe";
import { EmptyState } from "@/shared/ui/States";
import { isOwed, kindOf } from "@/shared/view";

/** What will come here, where nothing is, and where something may wait. */
export function Nothing({ view }: { view: View }) {
  const { t } = useTranslation();
  const kind = kindOf(view);
  const { shop, person } = useSignedIn();
  // A desk that nothing can reach is not up to date.
  const mailboxes = useMailboxes(view === "owed" && !shop.demo && person.role !== "agent");
  if (mailboxes.data && !mailboxes.data.some(({ active }) => active)) {
    return (
      <EmptyState
        title={t("owed.no_mailbox.title")}
        action={
          <Link to="/settings/$section" params={{ section: "mailboxes" }}>
            {t("owed.no_mailbox.go")}
          </Link>
        }
      >
        {t("owed.no_mailbox.words")}
      </EmptyState>
    );
  }
  const elsewhere = view === "mine" || kind === "team" ? "unassigned" : "owed";
  return (
    <EmptyState
      title={t(`owed.empty.${kind}.title`)}
      action={
        view === "owed" || !(isOwed(view) || kind === "view") ? null : (
          <Link to="/$view" params={{ view: elsewhere }}>
            {t(`owed.elsewhere.${elsewhere}`)}
          </Link>
        )
      }
    >
      {t(`owed.empty.${kind}.words`)}
    </EmptyState>
  );
}
