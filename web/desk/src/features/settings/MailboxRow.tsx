import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Mailbox } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Ago } from "@/shared/ui/Clock";
import { cx } from "@/shared/ui/cx";
import { Banner, ErrorLine } from "@/shared/ui/States";
import { useMailboxAct } from "./api/mailboxes";
import style from "./Settings.module.css";

/** One mailbox and its proof: n in the box, n in the desk, none missing. */
export function MailboxRow({ mailbox, onEdit }: { mailbox: Mailbox; onEdit: () => void }) {
  const { t, i18n } = useTranslation();
  const act = useMailboxAct(mailbox.id);
  const figure = (n: number) => n.toLocaleString(i18n.language);
  const error = i18n.language.startsWith("fr") ? mailbox.error_fr : mailbox.error_en;
  return (
    <li className={style.row}>
      <span className={style.name}>{mailbox.address}</span>
      <span className={style.acts}>
        <Button kind="ghost" onClick={onEdit}>
          {t("settings.mailboxes.edit")}
        </Button>
        <Button
          kind="ghost"
          busy={act.isPending && act.variables === "reconcile"}
          onClick={() => act.mutate("reconcile")}
        >
          {t("settings.mailboxes.reconcile")}
        </Button>
        {mailbox.kind === "imap" && mailbox.active ? (
          <Link to="/audit" search={{ mailbox: String(mailbox.id) }} className={style.link}>
            {t("settings.mailboxes.audit")}
          </Link>
        ) : null}
        <Button kind="ghost" onClick={() => act.mutate(mailbox.active ? "pause" : "resume")}>
          {t(mailbox.active ? "settings.mailboxes.pause" : "settings.mailboxes.resume")}
        </Button>
      </span>
      <span className={cx(style.meta, style.wide)}>
        <span
          className={mailbox.state === "ok" ? style.ok : mailbox.state === "error" ? style.bad : undefined}
        >
          {t(`settings.mailboxes.state.${mailbox.state}`)}
        </span>
        {mailbox.last_mail_at ? (
          <>
            {" · "}
            {t("settings.mailboxes.last_mail")} <Ago at={mailbox.last_mail_at} />
          </>
        ) : null}
      </span>
      {mailbox.alarm || (mailbox.state === "error" && error) ? (
        <div className={style.wide}>
          <Banner tone="broken">{error || t("settings.mailboxes.alarm")}</Banner>
        </div>
      ) : null}
      {mailbox.folders_state.map((folder) => (
        <p key={folder.name} className={cx(style.wide, "num")}>
          <b>{folder.name}</b>{" "}
          {t("settings.mailboxes.figures", { box: figure(folder.in_box), desk: figure(folder.in_desk) })}{" "}
          <span className={folder.missing ? style.bad : style.ok}>
            {t("settings.mailboxes.missing", { count: folder.missing })}
          </span>
          {mailbox.caught_up_to ? (
            <>
              {" · "}
              {t("settings.mailboxes.caught_up")} <Ago at={mailbox.caught_up_to} />
            </>
          ) : null}
        </p>
      ))}
      <div className={style.wide}>
        <ErrorLine error={act.error} />
      </div>
    </li>
  );
}
