import { useTranslation } from "react-i18next";
import type { Conversation } from "@/shared/api/types";
import { useAlone, useSignedIn } from "@/shared/session/useMe";
import { usePeople } from "@/shared/session/usePeople";
import { useTeams } from "@/shared/session/useTeams";
import type { Choice } from "@/shared/ui/Picker";
import type { Act } from "./api/act";

/** Whom a conversation can be given to: oneself first, people, teams, nobody. */
export function useAssignees(
  conversation: Conversation,
  onDo: (step: Act, words?: string) => void,
): readonly Choice[] {
  const { t } = useTranslation();
  const alone = useAlone();
  const me = useSignedIn().person.id;
  const { data: people = [] } = usePeople(!alone);
  const { data: teams = [] } = useTeams(!alone);
  if (alone) return [];
  const active = people.filter((person) => person.active);
  return [
    ...[...active.filter(({ id }) => id === me), ...active.filter(({ id }) => id !== me)].map((person) => ({
      key: String(person.id),
      label: person.id === me ? t("conversation.to_me") : person.name,
      words: person.name,
      on: conversation.assignee?.id === person.id,
      run: () =>
        onDo(
          { verb: "assign", body: { person: person.id } },
          t("conversation.done.assign", { name: person.name }),
        ),
    })),
    ...teams
      .filter((team) => !team.archived)
      .map((team) => ({
        key: `team-${team.id}`,
        label: t("conversation.to_team", { name: team.name }),
        on: conversation.team?.id === team.id,
        run: () =>
          onDo({ verb: "team", body: { team: team.id } }, t("conversation.done.team", { name: team.name })),
      })),
    ...(conversation.team
      ? [
          {
            key: "no-team",
            label: t("conversation.no_team"),
            run: () => onDo({ verb: "team", body: { team: null } }, t("conversation.done.no_team")),
          },
        ]
      : []),
    {
      key: "none",
      label: t("conversation.unassign"),
      run: () => onDo({ verb: "assign", body: { person: null } }, t("conversation.done.unassign")),
    },
  ];
}
