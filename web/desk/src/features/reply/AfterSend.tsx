import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { post } from "@/shared/api/call";
import type { AnswerAction } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { ErrorLine } from "@/shared/ui/States";
import { useActionWords } from "./actions";
import style from "./Beside.module.css";

interface AfterSendProps {
  conversation: number;
  actions: AnswerAction[];
  onDone: () => void;
}

/** What the saved answer proposes to do beside being sent: one line, one key. */
export function AfterSend({ conversation, actions, onDone }: AfterSendProps) {
  const { t } = useTranslation();
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
  const words = useActionWords();
  return (
    <div className={style.line} data-part="after">
      <span>{t("reply.after.ask", { what: actions.map(words).join(", ") })}</span>
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

function bodyOf({ kind, delay }: AnswerAction): Record<string, unknown> {
  return kind === "snooze" ? { delay } : {};
}
