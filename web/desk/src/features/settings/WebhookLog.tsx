import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Webhook, WebhookDelivery } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Ago, At } from "@/shared/ui/Clock";
import { cx } from "@/shared/ui/cx";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine, ErrorState } from "@/shared/ui/States";
import { useReplay, useReplaySince, useWebhookLog } from "./api/programs";
import style from "./Settings.module.css";

/** What was sent to a webhook, and the way to send it again. */
export function WebhookLog({ one, onClose }: { one: Webhook; onClose: () => void }) {
  const { t } = useTranslation();
  const log = useWebhookLog(one.id);
  const items = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t("settings.webhooks.log_title", { name: one.name })}
      intro={t("settings.webhooks.log_intro")}
    >
      {log.isPending ? <Skeleton lines={4} /> : null}
      {log.isError && !log.data ? (
        <ErrorState error={log.error} onRetry={() => void log.refetch()} />
      ) : (
        <ReplaySince one={one} />
      )}
      {log.data && items.length === 0 ? <p>{t("settings.webhooks.log_none")}</p> : null}
      <ul>
        {items.map((sent) => (
          <SentRow key={sent.id} webhook={one} sent={sent} />
        ))}
      </ul>
      {log.hasNextPage ? (
        <Button kind="ghost" busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t("settings.webhooks.more")}
        </Button>
      ) : null}
    </Dialog>
  );
}

function SentRow({ webhook, sent }: { webhook: Webhook; sent: WebhookDelivery }) {
  const { t } = useTranslation();
  const replay = useReplay(webhook.id);
  const last = sent.last;
  return (
    <li className={style.row}>
      <span>
        <code>{sent.kind}</code>{" "}
        <span className={sent.state === "delivered" ? style.ok : last ? style.bad : style.meta}>
          {t(`settings.webhooks.delivery.${sent.state}`)}
          {last?.status ? ` ${last.status}` : ""}
        </span>
      </span>
      <span className={style.acts}>
        {sent.state === "waiting" || webhook.state !== "active" ? null : (
          <Button kind="ghost" busy={replay.isPending} onClick={() => replay.mutate(sent.id)}>
            {t("settings.webhooks.replay")}
          </Button>
        )}
      </span>
      <span className={cx(style.meta, style.wide)}>
        <Ago at={sent.created_at} /> · {t("settings.webhooks.attempts", { count: sent.attempts })}
        {last ? ` · ${last.ms} ms` : ""}
        {last?.error ? ` · ${t(`settings.webhooks.error.${last.error}`)}` : ""}
        {sent.next_at && sent.attempts > 0 ? (
          <>
            {" · "}
            {t("settings.webhooks.next")} <At at={sent.next_at} />
          </>
        ) : null}
        {" · "}
        {sent.name}
      </span>
      {last?.answer ? (
        <details className={style.wide}>
          <summary>{t("settings.webhooks.answer")}</summary>
          <pre className={style.answer}>{last.answer}</pre>
        </details>
      ) : null}
      <div className={style.wide}>
        <ErrorLine error={replay.error} />
      </div>
    </li>
  );
}

function ReplaySince({ one }: { one: Webhook }) {
  const { t } = useTranslation();
  const replay = useReplaySince(one.id);
  const [since, setSince] = useState("");
  if (one.state !== "active") return null;
  return (
    <form
      className={style.save}
      onSubmit={(event) => {
        event.preventDefault();
        if (since) replay.mutate(new Date(since).toISOString());
      }}
    >
      <Field
        type="datetime-local"
        label={t("settings.webhooks.replay_since")}
        value={since}
        onChange={(event) => setSince(event.target.value)}
        required
      />
      <Button type="submit" busy={replay.isPending}>
        {t("settings.webhooks.replay_go")}
      </Button>
      {replay.data ? (
        <span role="status" className={style.meta}>
          {t("settings.webhooks.replayed", { count: replay.data.count })}
        </span>
      ) : null}
      <ErrorLine error={replay.error} />
    </form>
  );
}
