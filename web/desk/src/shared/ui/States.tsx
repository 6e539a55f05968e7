import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/shared/api/problem";
import { Button } from "./Button";
import { cx } from "./cx";
import style from "./States.module.css";

/** Says what will come here, and offers the first step. */
export function EmptyState({
  title,
  page,
  children,
  action,
}: {
  title: string;
  /** The page has no other heading. */
  page?: boolean;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={style.state}>
      {page ? <h1 className={style.title}>{title}</h1> : <p className={style.title}>{title}</p>}
      {children ? <div className={style.words}>{children}</div> : null}
      {action}
    </div>
  );
}

/** Says what happened and what to do; the server's own sentence where it has one. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={style.state} role="alert">
      <p className={style.title}>{t("ui.error.title")}</p>
      <p className={style.words}>{useWords(error)}</p>
      {onRetry ? <Button onClick={onRetry}>{t("ui.error.retry")}</Button> : null}
    </div>
  );
}

/** The same in one line, under a form. */
export function ErrorLine({ error }: { error: unknown }) {
  const words = useWords(error);
  return error ? (
    <p className={style.line} role="alert">
      {words}
    </p>
  ) : null;
}

export function Banner({
  tone = "near",
  children,
  action,
}: {
  tone?: "near" | "broken" | "waiting" | "kept";
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={cx(style.banner, style[tone])} role={tone === "broken" ? "alert" : "status"}>
      <div className={style.bannerWords}>{children}</div>
      {action}
    </div>
  );
}

/** Plain words for whatever went wrong. */
export function useWords(error: unknown): string {
  const { t } = useTranslation();
  if (!error) return "";
  if (error instanceof Problem) return error.words ?? t("ui.error.server", { status: error.status });
  return t("ui.error.network");
}
