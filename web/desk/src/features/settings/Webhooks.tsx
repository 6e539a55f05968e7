import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Webhook } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Ago } from "@/shared/ui/Clock";
import { cx } from "@/shared/ui/cx";
import { Part } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Banner, ErrorLine, ErrorState } from "@/shared/ui/States";
import { useRotate, useWebhookAct, useWebhooks } from "./api/programs";
import { Confirm } from "./Confirm";
import style from "./Settings.module.css";
import { ShownOnce } from "./ShownOnce";
import { WebhookDialog } from "./WebhookDialog";
import { WebhookLog } from "./WebhookLog";

/** Who is told what happens here. */
export function Webhooks() {
  const { t } = useTranslation();
  const list = useWebhooks();
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState("");
  if (list.isPending) return <Skeleton lines={3} />;
  if (!list.data) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <Part title={t("settings.webhooks.title")} intro={t("settings.webhooks.intro")}>
      {list.data.items.length ? (
        <ul>
          {list.data.items.map((one) => (
            <WebhookRow key={one.id} one={one} kinds={list.data.kinds} onSecret={setSecret} />
          ))}
        </ul>
      ) : (
        <p className={style.meta}>{t("settings.webhooks.none")}</p>
      )}
      {secret ? (
        <ShownOnce words={t("settings.webhooks.secret")} secret={secret} onDone={() => setSecret("")} />
      ) : null}
      <div className={style.save}>
        <Button onClick={() => setAdding(true)}>{t("settings.webhooks.add")}</Button>
      </div>
      {adding ? (
        <WebhookDialog
          kinds={list.data.kinds}
          onSaved={(made) => setSecret(made.secret ?? "")}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </Part>
  );
}

type Open = "edit" | "log" | "rotate" | "delete" | "";

interface RowProps {
  one: Webhook;
  kinds: string[];
  onSecret: (secret: string) => void;
}

function WebhookRow({ one, kinds, onSecret }: RowProps) {
  const { t } = useTranslation();
  const act = useWebhookAct(one.id);
  const rotate = useRotate(one.id);
  const [open, setOpen] = useState<Open>("");
  const close = () => setOpen("");
  const button = (words: string, onClick: () => void) => (
    <Button kind="ghost" onClick={onClick}>
      {words}
    </Button>
  );
  return (
    <li className={style.row}>
      <span className={style.wide}>
        <span className={style.name}>{one.name}</span> <State one={one} />
      </span>
      <span className={cx(style.meta, style.wide)}>{one.url}</span>
      <span className={cx(style.acts, style.wide, style.start)}>
        {button(t("settings.webhooks.log"), () => setOpen("log"))}
        {one.state === "active" ? (
          <>
            {button(t("settings.webhooks.test"), () => act.mutate("test"))}
            {button(t("settings.webhooks.pause"), () => act.mutate("pause"))}
          </>
        ) : (
          <>
            {button(t("settings.webhooks.resume"), () => act.mutate("resume"))}
            {button(t("settings.webhooks.skip"), () => act.mutate("skip"))}
          </>
        )}
        {button(t("settings.webhooks.edit"), () => setOpen("edit"))}
        {button(t("settings.webhooks.rotate"), () => setOpen("rotate"))}
        {button(t("settings.webhooks.delete"), () => setOpen("delete"))}
      </span>
      <div className={style.wide}>
        {one.cause ? <Banner tone="broken">{t(`settings.webhooks.cause.${one.cause}`)}</Banner> : null}
        {act.isSuccess && act.variables === "test" ? (
          <p role="status" className={style.meta}>
            {t("settings.webhooks.tested")}
          </p>
        ) : null}
        <ErrorLine error={act.error} />
      </div>
      {open === "edit" ? <WebhookDialog one={one} kinds={kinds} onClose={close} /> : null}
      {open === "log" ? <WebhookLog one={one} onClose={close} /> : null}
      {open === "rotate" ? (
        <Confirm
          title={t("settings.webhooks.rotate_title", { name: one.name })}
          intro={t("settings.webhooks.rotate_intro")}
          go={t("settings.webhooks.rotate")}
          busy={rotate.isPending}
          error={rotate.error}
          onGo={() =>
            rotate.mutate(undefined, {
              onSuccess: (made) => {
                close();
                onSecret(made.secret);
              },
            })
          }
          onClose={close}
        />
      ) : null}
      {open === "delete" ? (
        <Confirm
          title={t("settings.webhooks.delete_title", { name: one.name })}
          intro={t("settings.webhooks.delete_intro")}
          go={t("settings.webhooks.delete")}
          busy={act.isPending}
          error={act.error}
          onGo={() => act.mutate("delete")}
          onClose={close}
        />
      ) : null}
    </li>
  );
}

function State({ one }: { one: Webhook }) {
  const { t } = useTranslation();
  const bad = one.state === "disabled" || !!one.failing_since;
  return (
    <span className={bad ? style.bad : one.state === "active" ? style.ok : style.meta}>
      {t(`settings.webhooks.state.${one.state}`)}
      <span className={style.meta}>
        {" · "}
        {one.failing_since ? (
          <>
            {t("settings.webhooks.failing")} <Ago at={one.failing_since} />
          </>
        ) : one.last_ok_at ? (
          <>
            {t("settings.webhooks.last_ok")} <Ago at={one.last_ok_at} />
          </>
        ) : (
          t("settings.webhooks.never")
        )}
      </span>
    </span>
  );
}
