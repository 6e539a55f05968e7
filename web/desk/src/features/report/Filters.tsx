import { useTranslation } from "react-i18next";
import { useSignedIn } from "@/shared/session/useMe";
import { Button } from "@/shared/ui/Button";
import { Select } from "@/shared/ui/Field";
import { useChoices } from "./api/report";
import style from "./Report.module.css";
import type { Asked } from "./ReportPage";

const KINDS = ["answer", "call_back", "send", "refund", "lead", "reading", "sort", "other"] as const;
const NAMES = ["mailbox", "reason", "team", "person", "kind"] as const;

/** What the figures are narrowed to. Each choice is offered only where there is one. */
export function Filters({ asked, onChange }: { asked: Asked; onChange: (part: Partial<Asked>) => void }) {
  const { t } = useTranslation();
  const me = useSignedIn();
  const { data } = useChoices();
  const leads = me.permissions.includes("figures.people");
  const people = leads ? data?.people : data?.people.filter((it) => it.id === me.person.id);
  const lists = {
    mailbox: data?.mailboxes ?? [],
    reason: data?.reasons ?? [],
    team: data?.teams ?? [],
    person: people ?? [],
    kind: KINDS.map((id) => ({ id, name: t(`report.kind.${id}`) })),
  };
  const offered = NAMES.filter(
    (name) => lists[name].length > (name === "person" && !leads ? 0 : 1) || asked[name],
  );
  const narrowed = NAMES.some((name) => asked[name]);
  return (
    <div className={style.filters}>
      {offered.map((name) => (
        <Select
          key={name}
          quiet
          label={t(`report.filter.${name}`)}
          value={asked[name] ?? ""}
          onChange={(event) => onChange({ [name]: event.target.value })}
        >
          <option value="">{t(`report.all.${name}`)}</option>
          {lists[name].map((it) => (
            <option key={it.id} value={String(it.id)}>
              {it.name}
            </option>
          ))}
        </Select>
      ))}
      {narrowed ? (
        <Button
          kind="ghost"
          onClick={() => onChange({ mailbox: "", reason: "", team: "", person: "", kind: "" })}
        >
          {t("report.widen")}
        </Button>
      ) : null}
    </div>
  );
}
