import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Mailbox, MailboxConfig } from "@/shared/api/types";
import { newMailbox } from "@/shared/forms";
import { useMailboxes } from "@/shared/session/useMailboxes";
import { Button } from "@/shared/ui/Button";
import { Skeleton } from "@/shared/ui/Skeleton";
import { EmptyState, ErrorState } from "@/shared/ui/States";
import { MailboxDialog } from "./MailboxDialog";
import { MailboxRow } from "./MailboxRow";
import style from "./Settings.module.css";

export function MailboxesSection() {
  const { t } = useTranslation();
  const read = useMailboxes();
  const [edited, setEdited] = useState<{ id: number | null; mailbox: MailboxConfig } | null>(null);
  if (read.isPending) return <Skeleton lines={5} />;
  if (!read.data) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />;
  return (
    <>
      {read.data.length === 0 ? (
        <EmptyState title={t("settings.mailboxes.empty")}>{t("settings.mailboxes.empty_words")}</EmptyState>
      ) : (
        <ul>
          {read.data.map((mailbox) => (
            <MailboxRow
              key={mailbox.id}
              mailbox={mailbox}
              onEdit={() => setEdited({ id: mailbox.id, mailbox: toConfig(mailbox) })}
            />
          ))}
        </ul>
      )}
      <div className={style.save}>
        <Button kind="primary" onClick={() => setEdited({ id: null, mailbox: newMailbox() })}>
          {t("settings.mailboxes.add")}
        </Button>
      </div>
      {edited ? (
        <MailboxDialog id={edited.id} initial={edited.mailbox} onClose={() => setEdited(null)} />
      ) : null}
    </>
  );
}

/** What the form edits of what the list shows: the figures stay behind, the password is kept when left empty. */
function toConfig(mailbox: Mailbox): MailboxConfig {
  const blank = newMailbox();
  return {
    ...blank,
    name: mailbox.name ?? "",
    address: mailbox.address,
    kind: mailbox.kind,
    auth: mailbox.auth ?? blank.auth,
    username: mailbox.username ?? "",
    imap: mailbox.imap ?? blank.imap,
    smtp: mailbox.smtp ?? null,
    folders: { ...blank.folders, ...mailbox.folders },
    after_intake: mailbox.after_intake ?? blank.after_intake,
    move_to: mailbox.move_to ?? "",
    owed_since: mailbox.owed_since ?? blank.owed_since,
    dkim: mailbox.dkim ?? null,
    aliases: mailbox.aliases ?? [],
  };
}
