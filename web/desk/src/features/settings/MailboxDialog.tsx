import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MailboxConfig } from "@/shared/api/types";
import { ConnectionTest, MailboxFields, OwedSince } from "@/shared/forms";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field, Select } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import { useSaveMailbox } from "./api/mailboxes";
import style from "./Settings.module.css";
import { useSaved } from "./useSaved";

const AFTER: MailboxConfig["after_intake"][] = ["none", "flag", "move"];

interface MailboxDialogProps {
  id: number | null;
  initial: MailboxConfig;
  onClose: () => void;
}

export function MailboxDialog({ id, initial, onClose }: MailboxDialogProps) {
  const { t } = useTranslation();
  const saved = useSaved();
  const save = useSaveMailbox();
  const [mailbox, setMailbox] = useState(initial);
  const [aliases, setAliases] = useState(initial.aliases.join(", "));
  const set = (part: Partial<MailboxConfig>) => setMailbox((before) => ({ ...before, ...part }));
  return (
    <Dialog open wide onClose={onClose} title={id === null ? t("settings.mailboxes.add") : mailbox.address}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(
            { id, mailbox: { ...mailbox, name: mailbox.name || mailbox.address } },
            {
              onSuccess: () => {
                saved();
                onClose();
              },
            },
          );
        }}
      >
        <MailboxFields value={mailbox} onChange={setMailbox} known={id !== null} />
        <ConnectionTest mailbox={mailbox} path={`/settings/mailboxes/${id ?? 0}/test`} />
        {id === null ? (
          <OwedSince value={mailbox.owed_since} onChange={(owed_since) => set({ owed_since })} />
        ) : null}
        <details>
          <summary>{t("mailbox.advanced")}</summary>
          <div className={style.form}>
            <div className={style.pair}>
              <Select
                label={t("mailbox.after")}
                value={mailbox.after_intake}
                onChange={(event) =>
                  set({ after_intake: AFTER.find((it) => it === event.target.value) ?? "none" })
                }
              >
                {AFTER.map((it) => (
                  <option key={it} value={it}>
                    {t(`mailbox.afterwards.${it}`)}
                  </option>
                ))}
              </Select>
              {mailbox.after_intake === "move" ? (
                <Field
                  label={t("mailbox.move_to")}
                  value={mailbox.move_to}
                  onChange={(event) => set({ move_to: event.target.value })}
                  required
                />
              ) : null}
            </div>
            <Field
              label={t("mailbox.aliases")}
              hint={t("mailbox.aliases_hint")}
              value={aliases}
              onChange={(event) => {
                setAliases(event.target.value);
                set({ aliases: event.target.value.split(/[\s,;]+/).filter(Boolean) });
              }}
            />
            <div className={style.pair}>
              {(["inbox", "junk", "sent"] as const).map((role) => (
                <Field
                  key={role}
                  label={t(`mailbox.folder.${role}`)}
                  placeholder={t("mailbox.found_by_itself")}
                  value={mailbox.folders[role]}
                  onChange={(event) => set({ folders: { ...mailbox.folders, [role]: event.target.value } })}
                />
              ))}
            </div>
          </div>
        </details>
        <ErrorLine error={save.error} />
        <div className={style.save}>
          <Button kind="primary" type="submit" busy={save.isPending}>
            {t("settings.save")}
          </Button>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
