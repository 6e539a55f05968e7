import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { post } from "@/shared/api/call";
import type { Delivery } from "@/shared/api/types";
import { detailWords } from "@/shared/i18n/detail";
import { At } from "@/shared/ui/Clock";
import { ErrorLine } from "@/shared/ui/States";
import style from "./DeliveryLine.module.css";

const TROUBLE = new Set(["failed", "uncertain", "held", "retrying"]);

/** Where our message is on its way; what can be done where it is stuck. */
export function DeliveryLine({ delivery }: { delivery: Delivery }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const retry = useMutation({
    mutationFn: () => post<Delivery>(`/deliveries/${delivery.id}/retry`),
    onSettled: () => queries.invalidateQueries(),
  });
  const undo = useMutation({
    mutationFn: () => post(`/deliveries/${delivery.id}/undo`),
    onSettled: () => queries.invalidateQueries(),
  });
  const { state } = delivery;
  // The ten seconds in which one may take it back are no appointment.
  const leaving = state === "scheduled" && Date.parse(delivery.not_before ?? "") - Date.now() < 60_000;
  const when =
    state === "scheduled" ? delivery.not_before : state === "retrying" ? delivery.next_attempt_at : null;
  return (
    <div className={style.line} data-state={state}>
      <span className={style.state}>{leaving ? t("delivery.leaving") : t(`delivery.${state}`)}</span>
      {when ? <At at={when} /> : null}
      {TROUBLE.has(state) && delivery.detail ? (
        <span className={style.detail}>{detailWords(t, i18n.exists, delivery.detail)}</span>
      ) : null}
      {state === "accepted" && delivery.uncertain > 0 ? (
        <span className={style.detail}>{t("delivery.perhaps_twice")}</span>
      ) : null}
      {(delivery.recipients ?? [])
        .filter((to) => to.state === "hard" || to.state === "bounced")
        .map((to) => (
          <span key={to.address} className={style.detail}>
            {to.address} : {to.text || to.state}
          </span>
        ))}
      {state === "failed" || state === "held" || state === "uncertain" ? (
        <button
          type="button"
          className={style.retry}
          disabled={retry.isPending}
          onClick={() => retry.mutate()}
        >
          {t(state === "held" ? "delivery.send_now" : "delivery.retry")}
        </button>
      ) : null}
      {state === "scheduled" && !leaving ? (
        <button type="button" className={style.retry} disabled={undo.isPending} onClick={() => undo.mutate()}>
          {t("delivery.take_back")}
        </button>
      ) : null}
      <ErrorLine error={retry.error ?? undo.error} />
    </div>
  );
}
