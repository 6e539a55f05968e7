import { useTranslation } from "react-i18next";
import type { Draft } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Banner } from "@/shared/ui/States";
import style from "./Stale.module.css";
import { plainText } from "./text";

interface StaleProps {
  theirs?: Draft;
  mine: string;
  onMine: () => void;
  onTheirs: () => void;
  onBoth: () => void;
}

/** Two people wrote on one draft: both texts in sight, and nothing lost whichever is kept. */
export function Stale({ theirs, mine, onMine, onTheirs, onBoth }: StaleProps) {
  const { t } = useTranslation();
  const name = theirs?.updated_by?.name ?? t("reply.somebody");
  return (
    <Banner
      action={
        theirs ? (
          <span className={style.acts}>
            <Button onClick={onMine}>{t("reply.stale_mine")}</Button>
            <Button onClick={onTheirs}>{t("reply.stale_theirs")}</Button>
            <Button onClick={onBoth}>{t("reply.stale_both")}</Button>
          </span>
        ) : null
      }
    >
      {t("reply.stale", { name })}
      {theirs ? (
        <dl className={style.texts}>
          <div>
            <dt>{t("reply.stale_of_me")}</dt>
            <dd>{plainText(mine)}</dd>
          </div>
          <div>
            <dt>{name}</dt>
            <dd>{plainText(theirs.html)}</dd>
          </div>
        </dl>
      ) : null}
    </Banner>
  );
}
