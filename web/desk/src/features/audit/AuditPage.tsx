import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Mailbox } from "@/shared/api/types";
import { useMailboxes } from "@/shared/session/useMailboxes";
import { useSignedIn } from "@/shared/session/useMe";
import { Button } from "@/shared/ui/Button";
import { Select } from "@/shared/ui/Field";
import { Sheet } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Banner, EmptyState, ErrorLine, ErrorState } from "@/shared/ui/States";
import style from "./Audit.module.css";
import { underWay, useAudit, useAuditAct } from "./api/audit";
import { Findings } from "./Findings";

/** How customers were answered before Comptoir: told from the headers of a mailbox's last thirty days. */
export function AuditPage() {
  const { t } = useTranslation();
  const me = useSignedIn();
  const mailboxes = useMailboxes();
  const { mailbox = "" } = useSearch({ strict: false }) as { mailbox?: string };
  const navigate = useNavigate();
  const readable = mailboxes.data?.filter((it) => it.kind === "imap" && it.active) ?? [];
  const chosen = readable.find((it) => String(it.id) === mailbox) ?? readable[0];
  return (
    <Sheet title={t("audit.title")} intro={t("audit.intro")}>
      {me.shop.demo ? <Banner tone="waiting">{t("audit.demo")}</Banner> : null}
      {mailboxes.isPending ? (
        <Skeleton lines={4} />
      ) : !mailboxes.data ? (
        <ErrorState error={mailboxes.error} onRetry={() => void mailboxes.refetch()} />
      ) : !chosen ? (
        me.shop.demo ? null : (
          <EmptyState
            title={t("audit.no_mailbox")}
            action={
              <Link to="/settings/$section" params={{ section: "mailboxes" }}>
                {t("audit.to_mailboxes")}
              </Link>
            }
          >
            {t("audit.no_mailbox_words")}
          </EmptyState>
        )
      ) : (
        <>
          {readable.length > 1 ? (
            <Select
              label={t("audit.mailbox")}
              value={String(chosen.id)}
              onChange={(event) =>
                void navigate({ to: "/audit", search: { mailbox: event.target.value }, replace: true })
              }
            >
              {readable.map((it) => (
                <option key={it.id} value={it.id}>
                  {it.address}
                </option>
              ))}
            </Select>
          ) : null}
          <OfMailbox key={chosen.id} mailbox={chosen} />
        </>
      )}
      <p>
        <Link to="/$view" params={{ view: "owed" }}>
          {t("audit.to_desk")}
        </Link>
      </p>
    </Sheet>
  );
}

function OfMailbox({ mailbox }: { mailbox: Mailbox }) {
  const { t, i18n } = useTranslation();
  const audit = useAudit(mailbox.id);
  const act = useAuditAct(mailbox.id);
  if (audit.isPending) return <Skeleton lines={4} />;
  if (!audit.data) return <ErrorState error={audit.error} onRetry={() => void audit.refetch()} />;
  const it = audit.data;
  const running = underWay(it);
  const words = i18n.language.startsWith("fr") ? it.error_fr : it.error_en;
  const shown = (n: number) => n.toLocaleString(i18n.language);
  return (
    <>
      {it.state === "failed" ? <Banner tone="broken">{words || t("audit.failed")}</Banner> : null}
      {it.state === "cancelled" ? <Banner tone="waiting">{t("audit.cancelled")}</Banner> : null}
      {running ? (
        <div className={style.running} role="status">
          <label htmlFor="audit-progress">
            {it.expected
              ? t("audit.reading", { read: shown(it.headers), expected: shown(it.expected) })
              : t("audit.connecting", { address: mailbox.address })}
          </label>
          <progress
            id="audit-progress"
            className={style.progress}
            max={it.expected || undefined}
            value={it.expected ? Math.min(it.headers, it.expected) : undefined}
          />
          <Button busy={act.isPending} onClick={() => act.mutate("cancel")}>
            {t("audit.cancel")}
          </Button>
        </div>
      ) : (
        <>
          {it.findings ? <Findings audit={it} findings={it.findings} /> : null}
          <div className={style.acts}>
            <Button
              kind={it.findings ? "plain" : "primary"}
              busy={act.isPending}
              onClick={() => act.mutate("start")}
            >
              {t(it.findings ? "audit.again" : "audit.start", { address: mailbox.address })}
            </Button>
            {it.findings ? (
              <Button kind="ghost" onClick={() => act.mutate("forget")}>
                {t("audit.forget")}
              </Button>
            ) : null}
          </div>
        </>
      )}
      <ErrorLine error={act.error} />
      <p className={style.small}>{t("audit.promise")}</p>
    </>
  );
}
