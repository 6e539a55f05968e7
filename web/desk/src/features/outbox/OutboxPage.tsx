import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { address } from "@/shared/api/call";
import { detailWords } from "@/shared/i18n/detail";
import { useSignedIn } from "@/shared/session/useMe";
import { Button } from "@/shared/ui/Button";
import { Ago, At } from "@/shared/ui/Clock";
import { cx } from "@/shared/ui/cx";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { Sheet } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Banner, EmptyState, ErrorLine, ErrorState } from "@/shared/ui/States";
import { useUnstick } from "./api/delivery";
import { type OutboxItem, type OutboxState, STATES, useOutbox } from "./api/outbox";
import style from "./OutboxPage.module.css";

/** What left, what is stuck, and for a shop without a mail server, what would have left. */
export function OutboxPage() {
  const { t } = useTranslation();
  const me = useSignedIn();
  const [state, setState] = useState<OutboxState>("all");
  const list = useOutbox(state);
  return (
    <Sheet title={t("nav.outbox")} intro={t("outbox.intro")}>
      {me.shop.demo ? <Banner tone="waiting">{t("outbox.demo")}</Banner> : null}
      <fieldset className={style.filter}>
        <legend className="visually-hidden">{t("outbox.filter")}</legend>
        {STATES.map((it) => (
          <button
            key={it}
            type="button"
            aria-pressed={it === state}
            className={cx(style.tab, it === state && style.on)}
            onClick={() => setState(it)}
          >
            {t(`outbox.state.${it}`)}
          </button>
        ))}
      </fieldset>
      {list.isPending ? (
        <Skeleton lines={6} />
      ) : !list.data ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data.length === 0 ? (
        <EmptyState title={t(`outbox.empty.${state === "all" ? "all" : "some"}`)} />
      ) : (
        <ul>
          {list.data.map((item) => (
            <Mail key={item.delivery.id} item={item} />
          ))}
        </ul>
      )}
      {list.hasNextPage ? (
        <Button kind="ghost" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("owed.more")}
        </Button>
      ) : null}
    </Sheet>
  );
}

function Mail({ item }: { item: OutboxItem }) {
  const { t, i18n } = useTranslation();
  const { delivery, conversation } = item;
  const detail = detailWords(t, i18n.exists, delivery.detail ?? "");
  const when = { scheduled: delivery.not_before, retrying: delivery.next_attempt_at }[
    delivery.state as string
  ];
  const [dropping, setDropping] = useState(false);
  const unstick = useUnstick(delivery.id);
  const stuck = ["held", "failed", "uncertain"].includes(delivery.state);
  return (
    <li className={style.mail}>
      <div className={style.head}>
        <b className={style.subject}>{item.subject}</b>
        <span className={style.state} data-state={delivery.state}>
          {t(`delivery.${delivery.state}`)} {when ? <At at={when} /> : null}
        </span>
      </div>
      <p className={style.meta}>
        {t("outbox.to", { to: item.to })} · <Ago at={item.at} />
        {conversation ? (
          <>
            {" · "}
            <Link to="/$view/$conversation" params={{ view: "owed", conversation: String(conversation.id) }}>
              n° {conversation.number}
            </Link>
          </>
        ) : null}{" "}
        · <a href={address(`/outbox/${delivery.id}/raw`)}>{t("outbox.raw")}</a>
      </p>
      {delivery.detail ? <p className={style.detail}>{detail}</p> : null}
      <details>
        <summary>{t("outbox.read")}</summary>
        <p className={style.text}>{item.text}</p>
      </details>
      {stuck ? (
        <div className={style.acts}>
          <Button busy={unstick.isPending} onClick={() => unstick.mutate(null)}>
            {t(delivery.state === "held" ? "delivery.send_now" : "delivery.retry")}
          </Button>
          {delivery.state === "held" ? (
            <Button kind="ghost" onClick={() => setDropping(true)}>
              {t("outbox.drop")}
            </Button>
          ) : null}
        </div>
      ) : null}
      <ErrorLine error={unstick.error} />
      {dropping ? (
        <DropDialog
          busy={unstick.isPending}
          onClose={() => setDropping(false)}
          onDrop={(reason) => unstick.mutate({ reason }, { onSuccess: () => setDropping(false) })}
        />
      ) : null}
    </li>
  );
}

function DropDialog({
  busy,
  onClose,
  onDrop,
}: {
  busy: boolean;
  onClose: () => void;
  onDrop: (reason: string) => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  return (
    <Dialog open onClose={onClose} title={t("outbox.drop")} intro={t("outbox.drop_intro")}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim()) onDrop(reason.trim());
        }}
      >
        <Field
          label={t("outbox.drop_reason")}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          required
        />
        <Button kind="danger" type="submit" busy={busy} disabled={!reason.trim()}>
          {t("outbox.drop")}
        </Button>
      </form>
    </Dialog>
  );
}
