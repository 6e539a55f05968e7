import { useTranslation } from "react-i18next";
import type { Conversation, Owed } from "@/shared/api/types";
import { useAlone } from "@/shared/session/useMe";
import { Clock } from "@/shared/ui/Clock";
import { ErrorLine } from "@/shared/ui/States";
import { useAct } from "./api/act";
import style from "./Promises.module.css";

/** What the shop owes here: open ones in sight, finished ones folded. */
export function Promises({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const live = conversation.promises.filter(({ state }) => state === "open" || state === "proposed");
  const past = conversation.promises.filter(
    ({ state }) => state !== "open" && state !== "proposed" && state !== "void",
  );
  if (live.length + past.length === 0) return null;
  return (
    <section className={style.box} aria-label={t("promise.title")}>
      {live.map((owed) => (
        <Line key={owed.id} owed={owed} conversation={conversation.id} />
      ))}
      {past.length ? (
        <details className={style.past}>
          <summary>{t("promise.past", { count: past.length })}</summary>
          {past.map((owed) => (
            <Line key={owed.id} owed={owed} conversation={conversation.id} />
          ))}
        </details>
      ) : null}
    </section>
  );
}

// An answer keeps itself by being sent; what was promised by word is kept by hand.
const BY_HAND = new Set(["call_back", "send", "refund", "lead", "ask", "other"]);

// The shop's own delay is the rule, and not said again; an article of law is cited as it is.
const BY_RULE = new Set(["", "policy"]);

function Line({ owed, conversation }: { owed: Owed; conversation: number }) {
  const { t } = useTranslation();
  const act = useAct(conversation);
  const alone = useAlone();
  const open = owed.state === "open";
  const tone = open
    ? owed.mark || (owed.kind === "wait" || owed.kind === "ask" ? "waiting" : "open")
    : owed.state;
  return (
    <div className={style.line}>
      <span className={style.dot} data-tone={tone} aria-hidden="true" />
      <span className={style.what}>
        {owed.kind === "ask"
          ? t("ask.from", { name: owed.title })
          : owed.title || t(`promise.kind.${owed.kind}`)}
      </span>
      {open ? (
        <Clock due={owed.due_at} state={owed.mark || "open"} />
      ) : (
        <span className={style.more}>{t(ended(owed))}</span>
      )}
      <span className={style.more}>
        {[
          BY_RULE.has(owed.basis) || owed.kind === "ask"
            ? ""
            : owed.basis === "word"
              ? t("promise.word")
              : owed.basis,
          open && !alone && owed.in_charge ? owed.in_charge.name : "",
          owed.kind === "ask" || owed.kind === "reading" ? "" : owed.reason,
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
      {open && BY_HAND.has(owed.kind) ? (
        <button
          type="button"
          className={style.done}
          disabled={act.isPending}
          onClick={() => act.mutate({ verb: "done", body: { promise: owed.id } })}
        >
          {t("promise.done")}
        </button>
      ) : null}
      <ErrorLine error={act.error} />
    </div>
  );
}

function ended(owed: Owed): string {
  if (owed.state === "kept" && owed.late) return "promise.state.kept_late";
  return `promise.state.${owed.state}`;
}
