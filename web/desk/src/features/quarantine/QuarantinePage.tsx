import { useNavigate } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { speakSize } from "@/shared/size";
import { Button } from "@/shared/ui/Button";
import { Ago } from "@/shared/ui/Clock";
import { Field } from "@/shared/ui/Field";
import { Sheet } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Banner, EmptyState, ErrorLine, ErrorState } from "@/shared/ui/States";
import { useToast } from "@/shared/ui/Toast";
import { type Unreadable, useQuarantine, useRaw, useReplay, useSetAside } from "./api/quarantine";
import style from "./QuarantinePage.module.css";

/** Mail that could not be read as mail: kept, shown as it came, never dropped unseen. */
export function QuarantinePage() {
  const { t } = useTranslation();
  const list = useQuarantine();
  return (
    <Sheet title={t("nav.quarantine")} intro={t("quarantine.intro")}>
      {list.isPending ? (
        <Skeleton lines={4} />
      ) : !list.data ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data.length === 0 ? (
        <EmptyState title={t("quarantine.empty")}>{t("quarantine.empty_words")}</EmptyState>
      ) : (
        <ul>
          {list.data.map((mail) => (
            <Item key={mail.id} mail={mail} />
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

function Item({ mail }: { mail: Unreadable }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const toasts = useToast();
  const [open, setOpen] = useState(false);
  const [aside, setAside] = useState(false);
  const [reason, setReason] = useState("");
  const raw = useRaw(mail.id, open);
  const replay = useReplay();
  const setAsideMail = useSetAside();
  const box = typeof mail.mailbox === "object" ? mail.mailbox?.name : mail.mailbox;
  return (
    <li className={style.item}>
      <b className={style.subject}>{mail.subject_guess || t("owed.no_subject")}</b>
      <p className={style.meta}>
        {[mail.from_guess || t("owed.unknown"), box, speakSize(mail.size, i18n.language)]
          .filter(Boolean)
          .join(" · ")}{" "}
        · <Ago at={mail.arrived_at} />
      </p>
      <p className={style.reason}>{why(t, mail.reason)}</p>
      <div className={style.acts}>
        <Button
          busy={replay.isPending}
          onClick={() =>
            // Not by mutate's own callback: the mail may leave this list before the answer comes.
            void replay.mutateAsync(mail.id).then(
              ({ conversation }) => {
                if (!conversation) return;
                toasts.show({ text: t("quarantine.replayed") });
                void navigate({
                  to: "/$view/$conversation",
                  params: { view: "owed", conversation: String(conversation) },
                });
              },
              () => undefined, // shown below
            )
          }
        >
          {t("quarantine.replay")}
        </Button>
        <Button kind="ghost" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? "quarantine.raw_hide" : "quarantine.raw_show")}
        </Button>
        <Button kind="ghost" aria-expanded={aside} onClick={() => setAside(!aside)}>
          {t("quarantine.set_aside")}
        </Button>
      </div>
      {replay.data?.error ? (
        <Banner>{t("quarantine.still", { reason: why(t, replay.data.error) })}</Banner>
      ) : null}
      <ErrorLine error={replay.error ?? setAsideMail.error} />
      {aside ? (
        <form
          className={style.aside}
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim()) setAsideMail.mutate({ id: mail.id, reason: reason.trim() });
          }}
        >
          <Field
            label={t("quarantine.reason")}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            required
          />
          <Button type="submit" busy={setAsideMail.isPending} disabled={!reason.trim()}>
            {t("quarantine.set_aside")}
          </Button>
        </form>
      ) : null}
      {open && raw.isPending ? <Skeleton lines={3} /> : null}
      {/* Shown as text, whatever it holds; a scroll of its own that the keyboard reaches. */}
      {open && raw.data !== undefined ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable without a mouse
        <section className={style.raw} tabIndex={0} aria-label={t("quarantine.raw_show")}>
          <pre>{raw.data}</pre>
        </section>
      ) : null}
    </li>
  );
}

/** A reason is a code, and may be followed by facts ("too_large 52428801"). */
function why(t: TFunction, reason: string): string {
  const code = /^\w+/.exec(reason)?.[0] ?? "";
  return t(`quarantine.why.${code}`, { defaultValue: reason });
}
