import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Team } from "@/shared/api/types";
import { useMailboxes } from "@/shared/session/useMailboxes";
import { usePeople } from "@/shared/session/usePeople";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Check, Field, Select } from "@/shared/ui/Field";
import { ErrorLine } from "@/shared/ui/States";
import { type TeamInput, useSaveTeam } from "./api/teams";
import style from "./Settings.module.css";

const toggled = (list: number[], id: number) =>
  list.includes(id) ? list.filter((it) => it !== id) : [...list, id];

export function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: people = [] } = usePeople();
  const { data: mailboxes = [] } = useMailboxes();
  const save = useSaveTeam(team?.id ?? null);
  const [value, setValue] = useState<TeamInput>({
    name: team?.name ?? "",
    lead: team?.lead ?? null,
    members: team?.members ?? [],
    mailboxes: team?.mailboxes ?? [],
  });
  const active = people.filter((it) => it.active);
  return (
    <Dialog
      open
      onClose={onClose}
      title={team ? t("settings.teams.edit", { name: team.name }) : t("settings.teams.add")}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button
            kind="primary"
            busy={save.isPending}
            disabled={!value.name.trim()}
            onClick={() => save.mutate(value, { onSuccess: onClose })}
          >
            {t("settings.teams.save")}
          </Button>
        </>
      }
    >
      <div className={style.form}>
        <Field
          label={t("settings.teams.name")}
          value={value.name}
          maxLength={60}
          onChange={(event) => setValue({ ...value, name: event.target.value })}
        />
        <Select
          label={t("settings.teams.lead")}
          value={value.lead ?? ""}
          onChange={(event) =>
            setValue({ ...value, lead: event.target.value ? Number(event.target.value) : null })
          }
        >
          <option value="">{t("settings.teams.lead_none")}</option>
          {active.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </Select>
        <fieldset>
          <legend>{t("settings.teams.members")}</legend>
          {active.map((person) => (
            <Check
              key={person.id}
              label={person.name}
              checked={value.members.includes(person.id) || value.lead === person.id}
              disabled={value.lead === person.id}
              onChange={() => setValue({ ...value, members: toggled(value.members, person.id) })}
            />
          ))}
        </fieldset>
        <fieldset>
          <legend>{t("settings.teams.mailboxes")}</legend>
          {mailboxes.map((mailbox) => (
            <Check
              key={mailbox.id}
              label={mailbox.address}
              checked={value.mailboxes.includes(mailbox.id)}
              onChange={() => setValue({ ...value, mailboxes: toggled(value.mailboxes, mailbox.id) })}
            />
          ))}
        </fieldset>
        <ErrorLine error={save.error} />
      </div>
    </Dialog>
  );
}
