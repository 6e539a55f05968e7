import { useTranslation } from "react-i18next";
import { useAlone } from "@/shared/session/useMe";
import { usePeople } from "@/shared/session/usePeople";
import { Avatar } from "@/shared/ui/Avatar";
import { cx } from "@/shared/ui/cx";
import style from "./Present.module.css";
import { usePresence } from "./presence";

/** Which colleagues have this conversation before them, by letters and by words. */
export function Present({ conversation, polite = false }: { conversation: number; polite?: boolean }) {
  const { t } = useTranslation();
  const alone = useAlone();
  const there = usePresence(conversation);
  const { data: people = [] } = usePeople(!alone && there.length > 0);
  const named = there.flatMap(({ person, writing }) => {
    const found = people.find(({ id }) => id === person);
    return found ? [{ id: found.id, name: found.name, writing }] : [];
  });
  const words = (["writing", "reading"] as const)
    .map((what) => ({ what, who: named.filter(({ writing }) => writing === (what === "writing")) }))
    .filter(({ who }) => who.length > 0)
    .map(({ what, who }) =>
      t(`present.${what}`, {
        count: who.length,
        names: who.map(({ name }) => name.split(" ")[0]).join(", "),
      }),
    )
    .join(" · ");
  // The place is always there: a reader hears what changes in it.
  const shown = (
    <>
      {named.map(({ id, name, writing }) => (
        <span key={id} className={style.face} data-writing={writing || undefined}>
          <Avatar name={name} />
        </span>
      ))}
      <span className={style.words}>{words}</span>
    </>
  );
  if (polite)
    return (
      <div className={cx(style.present, style.strip)} role="status" aria-live="polite">
        {words ? shown : null}
      </div>
    );
  return words ? <span className={style.present}>{shown}</span> : null;
}
