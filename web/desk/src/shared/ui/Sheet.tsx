import type { ReactNode } from "react";
import style from "./Sheet.module.css";

/** A page of one column: settings, outbox, unreadable mail. */
export function Sheet({
  title,
  intro,
  aside,
  children,
}: {
  title: string;
  intro?: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={style.sheet}>
      <div className={style.column}>
        <header className={style.head}>
          <div>
            <h1 className={style.title}>{title}</h1>
            {intro ? <p className={style.intro}>{intro}</p> : null}
          </div>
          {aside}
        </header>
        {children}
      </div>
    </div>
  );
}

/** A part of such a page, under a hairline. */
export function Part({ title, intro, children }: { title: string; intro?: string; children: ReactNode }) {
  return (
    <section className={style.part} aria-label={title}>
      <h2 className={style.partTitle}>{title}</h2>
      {intro ? <p className={style.intro}>{intro}</p> : null}
      {children}
    </section>
  );
}
