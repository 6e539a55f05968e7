import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePeople } from "@/shared/session/usePeople";
import { Button } from "@/shared/ui/Button";
import { Check, Field, Select } from "@/shared/ui/Field";
import { Sheet } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { EmptyState, ErrorState } from "@/shared/ui/States";
import { AnswerEditor } from "./AnswerEditor";
import { useSavedAnswers } from "./api/saved-answers";
import style from "./Knowledge.module.css";

/** The texts that are written once: found, read again in time, changed (P11). */
export function SavedAnswersPage() {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const [folder, setFolder] = useState(0);
  const [archived, setArchived] = useState(false);
  // 0 is a new one; null is the list.
  const [open, setOpen] = useState<number | null>(null);
  const people = usePeople();
  const list = useSavedAnswers({ q, folder, archived });
  const folders = list.data?.folders ?? [];
  if (open !== null) {
    return (
      <AnswerEditor key={open} id={open} folders={folders} onClose={() => setOpen(null)} onMade={setOpen} />
    );
  }
  return (
    <Sheet
      title={t("nav.saved_answers")}
      intro={t("knowledge.intro")}
      aside={
        <Button kind="primary" onClick={() => setOpen(0)}>
          {t("knowledge.new")}
        </Button>
      }
    >
      <div className={style.find}>
        <Field
          type="search"
          label={t("knowledge.find")}
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
        <Select
          label={t("knowledge.folder")}
          value={folder}
          onChange={(event) => setFolder(Number(event.target.value))}
        >
          <option value={0}>{t("knowledge.all_folders")}</option>
          {folders.map(({ id, name, answers }) => (
            <option key={id} value={id}>
              {name} ({answers})
            </option>
          ))}
        </Select>
        <Check
          label={t("knowledge.archived")}
          checked={archived}
          onChange={(event) => setArchived(event.target.checked)}
        />
      </div>
      {list.isPending ? (
        <Skeleton lines={8} />
      ) : !list.data ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data.answers.length === 0 ? (
        <EmptyState title={t(q ? "knowledge.none" : "knowledge.empty")} />
      ) : (
        <ul className={style.list}>
          {list.data.answers.map((it) => (
            <li key={it.id}>
              <button type="button" className={style.answer} onClick={() => setOpen(it.id)}>
                <span className={style.title}>
                  <b>{it.title}</b>
                  {it.shortcut ? <span className={style.meta}>/{it.shortcut}</span> : null}
                  <span className={style.meta}>
                    {it.languages.map((lang) => lang.toUpperCase()).join(" · ")}
                  </span>
                  {it.personal ? <span className={style.meta}>{t("knowledge.personal")}</span> : null}
                  {it.review_due ? <span className={style.due}>{t("knowledge.review_due")}</span> : null}
                </span>
                <span className={style.preview}>{it.preview}</span>
                <span className={style.meta}>
                  {[
                    it.uses ? t("knowledge.uses", { count: it.uses }) : t("knowledge.never_used"),
                    people.data?.find(({ id }) => id === it.owner)?.name,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
}
