import { useNavigate, useSearch as useParams } from "@tanstack/react-router";
import { CircleHelp, Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "@/shared/commands/commands";
import { useKeys } from "@/shared/keys/useKeys";
import { Button } from "@/shared/ui/Button";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Banner, EmptyState, ErrorState } from "@/shared/ui/States";
import { type Order, useSearch } from "./api/search";
import { Help } from "./Help";
import { People } from "./People";
import { Result } from "./Result";
import { remember } from "./recent";
import style from "./SearchPage.module.css";

const ORDERS: readonly Order[] = ["newest", "relevance"];

/** What was found: people first, then conversations, newest message first. */
export function SearchPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const asked = useParams({ strict: false }) as { q?: string; order?: string };
  const q = asked.q ?? "";
  const order: Order = asked.order === "relevance" ? "relevance" : "newest";
  const [typed, setTyped] = useState(q);
  const [help, setHelp] = useState(q === "");
  const field = useRef<HTMLInputElement>(null);
  const results = useSearch(q, order);

  useEffect(() => setTyped(q), [q]);
  useEffect(() => {
    if (q === "") field.current?.focus();
    else remember(q);
  }, [q]);

  const go = (words: string, by: Order = order) =>
    void navigate({ to: "/search", search: { q: words.trim(), order: by === "newest" ? "" : by } });
  const step = (by: number) => {
    const all = [...document.querySelectorAll<HTMLAnchorElement>("[data-result]")];
    const at = all.indexOf(document.activeElement as HTMLAnchorElement);
    all[Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
  };
  useKeys({ j: () => step(1), k: () => step(-1) });
  useCommands([
    { key: "search-down", group: "list", label: t("keys.down"), hint: "J", run: () => step(1) },
    { key: "search-up", group: "list", label: t("keys.up"), hint: "K", run: () => step(-1) },
    { key: "search-help", group: "act", label: t("search.help.title"), run: () => setHelp(!help) },
    ...(q === "" ? [] : ORDERS.filter((it) => it !== order)).map((it) => ({
      key: `search-${it}`,
      group: "act" as const,
      label: t("ui.act_on", { act: t("search.order.label"), what: t(`search.order.${it}`) }),
      run: () => go(q, it),
    })),
  ]);

  return (
    <section className={style.page} aria-label={t("search.title")}>
      <h1 className="visually-hidden">{t("search.title")}</h1>
      <search>
        <form
          className={style.form}
          onSubmit={(event) => {
            event.preventDefault();
            setHelp(false);
            go(typed);
          }}
        >
          <Search size={16} aria-hidden="true" className={style.icon} />
          <input
            ref={field}
            type="search"
            className={style.input}
            aria-label={t("search.title")}
            placeholder={t("search.placeholder")}
            value={typed}
            maxLength={400}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "ArrowDown") return;
              event.preventDefault();
              step(1);
            }}
          />
          <Button kind="ghost" type="button" aria-expanded={help} onClick={() => setHelp(!help)}>
            <CircleHelp size={14} aria-hidden="true" />{" "}
            <span className={style.words}>{t("search.help.title")}</span>
          </Button>
        </form>
      </search>
      {help ? <Help onPick={(example) => go(`${typed} ${example}`)} /> : null}
      {q === "" ? null : (
        <fieldset className={style.orders}>
          <legend className="visually-hidden">{t("search.order.label")}</legend>
          {ORDERS.map((it) => (
            <Button key={it} kind="ghost" aria-pressed={it === order} onClick={() => go(q, it)}>
              {t(`search.order.${it}`)}
            </Button>
          ))}
        </fieldset>
      )}
      <Answer q={q} results={results} onPerson={(words) => go(words)} />
    </section>
  );
}

interface AnswerProps {
  q: string;
  results: ReturnType<typeof useSearch>;
  onPerson: (q: string) => void;
}

function Answer({ q, results, onPerson }: AnswerProps) {
  const { t } = useTranslation();
  if (q === "") return null;
  if (results.isPending) return <Skeleton lines={8} />;
  if (!results.data) return <ErrorState error={results.error} onRetry={() => void results.refetch()} />;
  const { found, people, whole, further } = results.data;
  return (
    <>
      {whole ? null : <Banner tone="waiting">{t("search.building")}</Banner>}
      <People people={people} onPick={onPerson} />
      {/* Where the keyboard arrives: J leads from here to the first. */}
      <p className={style.count} data-landing="" aria-live="polite">
        {t(further || results.hasNextPage ? "search.count_so_far" : "search.count", { count: found.length })}
      </p>
      {found.length === 0 && !further ? (
        <EmptyState title={t("search.nothing", { q })}>{t("search.nothing_hint")}</EmptyState>
      ) : (
        <ul>
          {found.map((it) => (
            <Result key={it.conversation.id} found={it} />
          ))}
        </ul>
      )}
      {results.hasNextPage ? (
        <div className={style.more}>
          {further ? <p>{t("search.stopped")}</p> : null}
          <Button kind="ghost" busy={results.isFetchingNextPage} onClick={() => void results.fetchNextPage()}>
            {t(further ? "search.further" : "search.more")}
          </Button>
        </div>
      ) : null}
    </>
  );
}
