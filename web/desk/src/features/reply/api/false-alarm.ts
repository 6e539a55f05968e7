import { useMutation } from "@tanstack/react-query";
import { post } from "@/shared/api/call";
import type { DraftOptions, Finding } from "@/shared/api/types";
import type { useAnswer } from "../useAnswer";

/** What the author calls a false alarm: kept with the draft, and told to the lead with the draft that gave it. */
export function useFalseAlarm(
  conversation: number,
  answer: ReturnType<typeof useAnswer>["answer"],
  sendAt: string | null,
  options: (more: Partial<DraftOptions>) => void,
) {
  const dismissed = answer.options.dismissed ?? [];
  const told = useMutation({
    mutationFn: (key: string) =>
      post(`/conversations/${conversation}/false-alarms`, {
        html: answer.html,
        attachments: answer.attachments.map(({ id }) => id),
        seen_through: answer.seen_through,
        holding_until: answer.holding_until,
        send_at: sendAt,
        options: answer.options,
        key,
      }),
  });
  return {
    dismissed,
    dismiss: (finding?: Finding) => {
      if (!finding) return;
      told.mutate(finding.key);
      options({ dismissed: [...dismissed, finding.key].slice(-50) });
    },
    /** A stop stays until it is mended or passed. */
    left: (findings: Finding[]) =>
      findings.filter(({ key, severity }) => severity !== "warn" || !dismissed.includes(key)),
  };
}
