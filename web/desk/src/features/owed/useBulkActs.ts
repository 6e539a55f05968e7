import { useTranslation } from "react-i18next";
import type { BulkAction } from "@/shared/api/types";
import { useLabels } from "@/shared/session/useLabels";
import { useAlone, useSignedIn } from "@/shared/session/useMe";
import { usePeople } from "@/shared/session/usePeople";
import { useTeams } from "@/shared/session/useTeams";
import type { Choice } from "@/shared/ui/Picker";
import { tagColour } from "@/shared/ui/tag-colour";

/** What is asked before it is done to all that is chosen. */
export type BulkAsked = "assign" | "tag" | "untag" | "reason" | "priority";

/** The choices of each question, with what each does. */
export function useBulkChoices(act: (action: BulkAction) => void): Record<BulkAsked, readonly Choice[]> {
  const { t } = useTranslation();
  const alone = useAlone();
  const me = useSignedIn().person.id;
  const { data: people = [] } = usePeople(!alone);
  const { data: teams = [] } = useTeams(!alone);
  const { data: labels } = useLabels();
  const active = people.filter((person) => person.active);
  const tags = (labels?.tags ?? []).filter(({ archived }) => !archived);
  const reasons = labels?.reasons ?? [];
  const named = new Map(reasons.map(({ id, name }) => [id, name]));
  const tagChoices = (verb: "tag" | "untag") =>
    tags.map((tag) => ({
      key: String(tag.id),
      label: tag.name,
      look: tagColour(tag.colour),
      run: () => act({ do: verb, tag: tag.id }),
    }));
  return {
    assign: [
      ...[...active.filter(({ id }) => id === me), ...active.filter(({ id }) => id !== me)].map((person) => ({
        key: String(person.id),
        label: person.id === me ? t("conversation.to_me") : person.name,
        words: person.name,
        run: () => act({ do: "assign", person: person.id }),
      })),
      ...teams
        .filter(({ archived }) => !archived)
        .map((team) => ({
          key: `team-${team.id}`,
          label: t("conversation.to_team", { name: team.name }),
          run: () => act({ do: "team", team: team.id }),
        })),
      ...(teams.length > 0
        ? [{ key: "no-team", label: t("conversation.no_team"), run: () => act({ do: "team", team: null }) }]
        : []),
      { key: "none", label: t("bulk.nobody"), run: () => act({ do: "assign", person: null }) },
    ],
    tag: tagChoices("tag"),
    untag: tagChoices("untag"),
    reason: [
      ...reasons
        .filter(({ archived }) => !archived)
        .map((reason) => ({
          key: String(reason.id),
          label: reason.parent ? `${named.get(reason.parent) ?? ""} › ${reason.name}` : reason.name,
          run: () => act({ do: "reason", about: reason.id }),
        })),
      { key: "none", label: t("attributes.no_reason"), run: () => act({ do: "reason", about: null }) },
    ],
    priority: [1, 0, -1].map((priority) => ({
      key: String(priority),
      label: t(`attributes.priorities.${priority}`),
      run: () => act({ do: "priority", priority }),
    })),
  };
}
