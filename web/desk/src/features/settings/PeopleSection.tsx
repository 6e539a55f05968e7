import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person, Role } from "@/shared/api/types";
import { useSignedIn } from "@/shared/session/useMe";
import { usePeople } from "@/shared/session/usePeople";
import { speakDate } from "@/shared/time/speak";
import { useZone } from "@/shared/time/zone";
import { Button } from "@/shared/ui/Button";
import { cx } from "@/shared/ui/cx";
import { Field, Select } from "@/shared/ui/Field";
import { Part } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Banner, ErrorLine, ErrorState } from "@/shared/ui/States";
import { AbsenceDialog } from "./AbsenceDialog";
import { useChangePerson, useInvite } from "./api/people";
import style from "./Settings.module.css";

const ROLES: Role[] = ["owner", "lead", "agent"];

export function PeopleSection() {
  const { t } = useTranslation();
  const people = usePeople();
  if (people.isPending) return <Skeleton lines={4} />;
  if (!people.data) return <ErrorState error={people.error} onRetry={() => void people.refetch()} />;
  return (
    <>
      <ul>
        {people.data.map((person) => (
          <PersonRow key={person.id} person={person} people={people.data} />
        ))}
      </ul>
      <Part title={t("settings.people.invite")} intro={t("settings.people.invite_intro")}>
        <Invite />
      </Part>
    </>
  );
}

function PersonRow({ person, people }: { person: Person; people: Person[] }) {
  const { t, i18n } = useTranslation();
  const me = useSignedIn();
  const zone = useZone();
  const change = useChangePerson(person.id);
  const [absence, setAbsence] = useState(false);
  const self = person.id === me.person.id;
  return (
    <li className={style.row}>
      <span>
        <span className={style.name}>{person.name}</span>{" "}
        {person.active ? null : <span className={style.meta}>{t("settings.people.inactive")}</span>}
        {person.locked ? <span className={style.bad}> {t("settings.people.locked")}</span> : null}
      </span>
      <span className={style.acts}>
        <Select
          quiet
          label={t("settings.people.role_of", { name: person.name })}
          value={person.role}
          disabled={self}
          onChange={(event) =>
            change.mutate({ role: ROLES.find((it) => it === event.target.value) ?? person.role })
          }
        >
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {t(`settings.people.role.${role}`)}
            </option>
          ))}
        </Select>
        <Button kind="ghost" onClick={() => setAbsence(true)}>
          {t("settings.people.absence")}
        </Button>
        {self ? null : (
          <Button
            kind="ghost"
            busy={change.isPending}
            onClick={() => change.mutate({ active: !person.active })}
          >
            {t(person.active ? "settings.people.deactivate" : "settings.people.activate")}
          </Button>
        )}
      </span>
      <span className={cx(style.meta, style.wide)}>
        {person.email}
        {person.absent_until
          ? ` · ${t("settings.people.absent_until", { date: speakDate(new Date(person.absent_until), { zone, language: i18n.language }) })}`
          : ""}
      </span>
      <div className={style.wide}>
        <ErrorLine error={change.error} />
      </div>
      {absence ? (
        <AbsenceDialog
          person={person}
          people={people.filter((it) => it.id !== person.id && it.active)}
          onClose={() => setAbsence(false)}
        />
      ) : null}
    </li>
  );
}

function Invite() {
  const { t } = useTranslation();
  const invite = useInvite();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("agent");
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        invite.mutate(
          { name: name.trim(), email: email.trim(), role },
          {
            onSuccess: () => {
              setName("");
              setEmail("");
            },
          },
        );
      }}
    >
      <div className={style.pair}>
        <Field
          label={t("settings.account.name")}
          value={name}
          onChange={(event) => setName(event.target.value)}
          required
        />
        <Field
          type="email"
          label={t("sign_in.email")}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          required
        />
        <Select
          label={t("settings.people.role_label")}
          value={role}
          onChange={(event) => setRole(ROLES.find((it) => it === event.target.value) ?? "agent")}
        >
          {ROLES.map((it) => (
            <option key={it} value={it}>
              {t(`settings.people.role.${it}`)}
            </option>
          ))}
        </Select>
      </div>
      <ErrorLine error={invite.error} />
      {invite.data?.invite_link ? (
        <Banner tone="kept">
          {t("settings.people.invited", { name: invite.data.name })}{" "}
          <span className={style.secret}>{invite.data.invite_link}</span>
        </Banner>
      ) : null}
      <div className={style.save}>
        <Button type="submit" busy={invite.isPending}>
          {t("settings.people.invite_go")}
        </Button>
      </div>
    </form>
  );
}
