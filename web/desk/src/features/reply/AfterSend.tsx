import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { post } from "@/shared/api/call";
import type { AnswerAction } from "@/shared/api/types";
import { usePeople } from "@/shared/session/usePeople";
import { Button } from "@/shared/ui/Button";
import { ErrorLine } from "@/shared/ui/States";
import style from "./Beside.module.css";

/** Those that the desk can do by itself: each by the path that a person's own press takes. */
export function doable(actions: AnswerAction[]): AnswerAction[] {
  return actions.filter(({ kind, person }) => kind !== "tag" && (kind !== "assign" || Boolean(person)));
}

interface AfterSendProps {
  conversation: number;
  actions: AnswerAction[];
  onDone: () => void;
}

/** What the saved answer proposes to do beside being sent: one line, one key. */
export function AfterSend({ conversation, actions, onDone }: AfterSendProps) {
  const { t } = useTranslation();
  const people = usePeople();
  const queries = useQueryClient();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const act = useMutation({
    mutationFn: async () => {
      for (const action of actions)
        await post(`/conversations/${conversation}/${action.kind}`, bodyOf(action));
    },
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries(),
  });
  const named = (person?: number) => people.data?.find(({ id }) => id === person)?.name ?? "";
  const words = actions.map(({ kind, person, delay }) => {
    const [count = "1", unit = "open_days"] = (delay ?? "").split(" ");
    return kind === "assign"
      ? t("reply.after.assign", { name: named(person) })
      : kind === "snooze"
        ? t(`reply.after.snooze_${unit}`, { count: Number(count) })
        : t(`reply.after.${kind}`);
  });
  return (
    <div className={style.line} data-part="after">
      <span>{t("reply.after.ask", { what: words.join(", ") })}</span>
      <Button ref={button} kind="primary" hint="↵" busy={act.isPending} onClick={() => act.mutate()}>
        {t("reply.after.do")}
      </Button>
      <Button kind="ghost" onClick={onDone}>
        {t("reply.after.skip")}
      </Button>
      <ErrorLine error={act.error} />
    </div>
  );
}

function bodyOf({ kind, person, delay }: AnswerAction): Record<string, unknown> {
  if (kind === "assign") return { person };
  if (kind === "snooze") return { delay };
  return {};
}
