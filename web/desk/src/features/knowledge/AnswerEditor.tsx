import type { Editor as Tiptap } from "@tiptap/core";
import { Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "@/shared/api/call";
import type { SavedAnswerFolder, SavedAnswerWhole } from "@/shared/api/types";
import { useDone } from "@/shared/api/useUndo";
import { TextHead, type TextLanguage } from "@/shared/editor/TextHead";
import { later } from "@/shared/later";
import { useAlone } from "@/shared/session/useMe";
import { usePeople } from "@/shared/session/usePeople";
import { Button } from "@/shared/ui/Button";
import { Check, Field, Select } from "@/shared/ui/Field";
import { Sheet } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine } from "@/shared/ui/States";
import { AnswerActions } from "./AnswerActions";
import { AnswerPreview } from "./AnswerPreview";
import { useArchiveAnswer, useSaveAnswer, useSavedAnswer } from "./api/saved-answers";
import style from "./Knowledge.module.css";

const Editor = later(() => import("@/shared/editor/Editor"), "default");

type Draft = Pick<
  SavedAnswerWhole,
  "title" | "shortcut" | "folder" | "owner" | "personal" | "review_on" | "bodies" | "actions" | "revision"
>;

const FRESH: Draft = {
  title: "",
  shortcut: "",
  folder: null,
  owner: null,
  personal: false,
  review_on: "",
  bodies: { fr: "", en: "" },
  actions: [],
  revision: 0,
};

interface AnswerEditorProps {
  id: number;
  folders: SavedAnswerFolder[];
  onClose: () => void;
  onMade: (id: number) => void;
}

/** One saved answer: its words in each language, and how they read. */
export function AnswerEditor({ id, folders, onClose, onMade }: AnswerEditorProps) {
  const { t } = useTranslation();
  const done = useDone();
  const alone = useAlone();
  const people = usePeople(!alone);
  const read = useSavedAnswer(id);
  const save = useSaveAnswer(id);
  const archive = useArchiveAnswer();
  const [value, setValue] = useState<Draft | null>(id ? null : FRESH);
  const [lang, setLang] = useState<TextLanguage>("fr");
  const [version, setVersion] = useState(0);
  const [editor, setEditor] = useState<Tiptap | null>(null);
  const { data } = read;
  useEffect(() => {
    if (data) setValue((before) => before ?? data);
  }, [data]);
  if (!value) return <Skeleton lines={8} />;
  const set = (part: Partial<Draft>) => setValue({ ...value, ...part });
  const locked = Boolean(data && !data.may_edit);
  return (
    <Sheet
      title={value.title || t("knowledge.new")}
      aside={
        <Button kind="ghost" onClick={onClose}>
          {t("knowledge.back")}
        </Button>
      }
    >
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(value, {
            onSuccess: (saved) => {
              done(t("settings.saved"));
              if (id) setValue(saved);
              else onMade(saved.id);
            },
          });
        }}
      >
        <fieldset disabled={locked} className={style.fields}>
          <Field
            label={t("knowledge.title")}
            value={value.title}
            required
            onChange={(event) => set({ title: event.target.value })}
          />
          <Field
            label={t("knowledge.shortcut")}
            hint={t("knowledge.shortcut_hint")}
            value={value.shortcut}
            onChange={(event) => set({ shortcut: event.target.value })}
          />
          <Select
            label={t("knowledge.folder")}
            value={value.folder ?? 0}
            onChange={(event) => set({ folder: Number(event.target.value) || null })}
          >
            <option value={0}>{t("knowledge.no_folder")}</option>
            {folders.map((folder) => (
              <option key={folder.id} value={folder.id}>
                {folder.name}
              </option>
            ))}
          </Select>
          {alone ? null : (
            <Select
              label={t("knowledge.owner")}
              value={value.owner ?? 0}
              onChange={(event) => set({ owner: Number(event.target.value) || null })}
            >
              <option value={0}>{t("knowledge.no_owner")}</option>
              {(people.data ?? []).map(({ id: who, name }) => (
                <option key={who} value={who}>
                  {name}
                </option>
              ))}
            </Select>
          )}
          <Field
            type="date"
            label={t("knowledge.review_on")}
            value={value.review_on}
            onChange={(event) => set({ review_on: event.target.value })}
          />
          <Check
            label={t("knowledge.personal_own")}
            checked={value.personal}
            onChange={(event) => set({ personal: event.target.checked })}
          />
        </fieldset>
        <TextHead
          language={lang}
          onLanguage={(it) => {
            setLang(it);
            setVersion((n) => n + 1);
          }}
          texts={value.bodies}
          editor={editor}
        />
        <div className={style.body}>
          <Suspense fallback={<Skeleton lines={4} />}>
            <Editor
              html={value.bodies[lang] ?? ""}
              version={version}
              language={lang}
              placeholder={t("knowledge.text")}
              focus={0}
              onChange={(html) => set({ bodies: { ...value.bodies, [lang]: html } })}
              onEditor={setEditor}
            />
          </Suspense>
        </div>
        <fieldset disabled={locked} className={style.plain}>
          <AnswerActions actions={value.actions} onChange={(actions) => set({ actions })} />
        </fieldset>
        <ErrorLine error={save.error ?? archive.error} />
        <div className={style.acts}>
          <Button kind="primary" type="submit" busy={save.isPending} disabled={locked}>
            {t("settings.save")}
          </Button>
          {data?.archived ? (
            <Button onClick={() => void post(`/saved-answers/${id}/restore`).then(onClose)}>
              {t("knowledge.restore")}
            </Button>
          ) : id && !locked ? (
            <Button
              kind="ghost"
              busy={archive.isPending}
              onClick={() =>
                archive.mutate(id, {
                  onSuccess: ({ undo }) => {
                    done(t("knowledge.archived_done"), undo);
                    onClose();
                  },
                })
              }
            >
              {t("knowledge.archive")}
            </Button>
          ) : null}
        </div>
      </form>
      <AnswerPreview html={value.bodies[lang] ?? ""} lang={lang} />
    </Sheet>
  );
}
