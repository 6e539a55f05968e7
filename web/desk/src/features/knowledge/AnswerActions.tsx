import { useTranslation } from "react-i18next";
import type { AnswerAction } from "@/shared/api/types";
import { useAlone } from "@/shared/session/useMe";
import { usePeople } from "@/shared/session/usePeople";
import { useTeams } from "@/shared/session/useTeams";
import { Field, Select } from "@/shared/ui/Field";
import style from "./Knowledge.module.css";

interface AnswerActionsProps {
  actions: AnswerAction[];
  onChange: (actions: AnswerAction[]) => void;
}

type Kind = AnswerAction["kind"];

const AFTER: Kind[] = ["snooze", "wait", "close"];
const DELAYS = ["1 open_days", "2 open_days", "3 open_days", "5 open_days", "10 open_days"];

/** What the desk does once the answer is sent, unless its author takes it out. */
export function AnswerActions({ actions, onChange }: AnswerActionsProps) {
  const { t } = useTranslation();
  const alone = useAlone();
  const people = usePeople(!alone);
  const teams = useTeams();
  const one = (kind: Kind) => actions.find((it) => it.kind === kind);
  const tags = actions.flatMap(({ kind, tag }) => (kind === "tag" && tag ? [tag] : []));
  const after = AFTER.find((kind) => one(kind)) ?? "";
  const without = (...kinds: Kind[]) => actions.filter(({ kind }) => !kinds.includes(kind));
  const assign = one("assign");
  const to = assign?.person ? `person-${assign.person}` : assign?.team ? `team-${assign.team}` : "";
  const setAssign = (value: string) => {
    const [what, id] = value.split("-");
    onChange([
      ...without("assign"),
      ...(what && id ? [{ kind: "assign", [what]: Number(id) } as AnswerAction] : []),
    ]);
  };
  const setAfter = (kind: string) => {
    const made: AnswerAction[] =
      kind === "snooze" ? [{ kind, delay: DELAYS[1] }] : kind ? [{ kind: kind as Kind }] : [];
    onChange([...without(...AFTER), ...made]);
  };
  const setTags = (text: string) =>
    onChange([
      ...without("tag"),
      ...text
        .split(",")
        .flatMap((word) => (word.trim() ? [{ kind: "tag", tag: word.trim() } as AnswerAction] : [])),
    ]);
  return (
    <fieldset className={style.actions}>
      <legend>{t("knowledge.actions")}</legend>
      <Field
        label={t("knowledge.action_tags")}
        hint={t("knowledge.action_tags_hint")}
        defaultValue={tags.join(", ")}
        onBlur={(event) => setTags(event.target.value)}
      />
      {alone ? null : (
        <Select
          label={t("knowledge.action_assign")}
          value={to}
          onChange={(event) => setAssign(event.target.value)}
        >
          <option value="">{t("knowledge.action_none")}</option>
          {(people.data ?? []).map(({ id, name }) => (
            <option key={id} value={`person-${id}`}>
              {name}
            </option>
          ))}
          {(teams.data ?? []).map(({ id, name }) => (
            <option key={id} value={`team-${id}`}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <Select
        label={t("knowledge.action_after")}
        value={after}
        onChange={(event) => setAfter(event.target.value)}
      >
        <option value="">{t("knowledge.action_none")}</option>
        {AFTER.map((kind) => (
          <option key={kind} value={kind}>
            {t(`knowledge.action.${kind}`)}
          </option>
        ))}
      </Select>
      {after === "snooze" ? (
        <Select
          label={t("knowledge.action_delay")}
          value={one("snooze")?.delay ?? ""}
          onChange={(event) =>
            onChange([...without(...AFTER), { kind: "snooze", delay: event.target.value }])
          }
        >
          {[...new Set([...DELAYS, one("snooze")?.delay ?? ""])].filter(Boolean).map((delay) => {
            const [count = "1", unit = "open_days"] = delay.split(" ");
            return (
              <option key={delay} value={delay}>
                {t(`knowledge.delay_${unit}`, { count: Number(count) })}
              </option>
            );
          })}
        </Select>
      ) : null}
    </fieldset>
  );
}
