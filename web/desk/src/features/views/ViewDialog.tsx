import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/shared/api/problem";
import type { BaseView, SavedView } from "@/shared/api/types";
import { useDone } from "@/shared/api/useUndo";
import { useAlone } from "@/shared/session/useMe";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Check, Field, Select } from "@/shared/ui/Field";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine } from "@/shared/ui/States";
import { useChoices, useDeleteView, usePreview, useSaveView } from "./api/views";
import { ConditionGroup } from "./ConditionGroup";
import { fromFilter, type Group, isWhole, newGroup, newLeaf, toFilter } from "./tree";
import style from "./ViewDialog.module.css";

const BASES: readonly BaseView[] = [
  "owed",
  "mine",
  "unassigned",
  "waiting",
  "snoozed",
  "sent",
  "closed",
  "courtesy",
  "sort",
  "spam",
];

interface ViewDialogProps {
  /** The one to change; null for a new one. */
  view: SavedView | null;
  onClose: () => void;
}

/** A list of one's own: what it starts from, and the conditions in words. */
export function ViewDialog({ view, onClose }: ViewDialogProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const alone = useAlone();
  const done = useDone();
  const choices = useChoices();
  const save = useSaveView(view?.id ?? null);
  const drop = useDeleteView();
  const [name, setName] = useState(view?.name ?? "");
  const [icon, setIcon] = useState(view?.icon ?? "");
  const [shared, setShared] = useState(view?.shared ?? false);
  const [base, setBase] = useState<BaseView>(view?.base ?? "owed");
  const [group, setGroup] = useState<Group>(() =>
    view ? fromFilter(view.filter) : newGroup([newLeaf("assignee", "is", "me")]),
  );
  const whole = isWhole(group);

  const keep = () =>
    save.mutate(
      { name, icon, shared, base, filter: toFilter(group) },
      {
        onSuccess: ({ id }) => {
          onClose();
          void navigate({ to: "/$view", params: { view: `view-${id}` } });
        },
      },
    );
  const remove = () =>
    view &&
    drop.mutate(view.id, {
      onSuccess: ({ undo }) => {
        onClose();
        void navigate({ to: "/$view", params: { view: "owed" } });
        done(t("views.deleted", { name: view.name }), undo);
      },
    });
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t(view ? "views.change" : "views.new")}
      intro={t("views.intro")}
      actions={
        <>
          {view ? (
            <Button kind="danger" busy={drop.isPending} onClick={remove}>
              {t("views.delete")}
            </Button>
          ) : null}
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button kind="primary" busy={save.isPending} disabled={!whole || !name.trim()} onClick={keep}>
            {t("views.save")}
          </Button>
        </>
      }
    >
      <div className={style.names}>
        <Field
          label={t("views.icon")}
          value={icon}
          maxLength={8}
          onChange={(event) => setIcon(event.target.value)}
          error={save.error instanceof Problem ? save.error.field("icon") : undefined}
        />
        <Field
          label={t("views.name")}
          value={name}
          maxLength={60}
          required
          onChange={(event) => setName(event.target.value)}
          error={save.error instanceof Problem ? save.error.field("name") : undefined}
        />
      </div>
      <Select
        label={t("views.base")}
        value={base}
        onChange={(event) => setBase(event.target.value as BaseView)}
      >
        {BASES.map((one) => (
          <option key={one} value={one}>
            {t(`nav.${one}`)}
          </option>
        ))}
      </Select>
      {choices.data ? (
        <ConditionGroup group={group} choices={choices.data} onChange={setGroup} />
      ) : (
        <Skeleton lines={3} />
      )}
      <Preview base={base} group={whole ? group : null} />
      {alone || (view && !view.own) ? null : (
        <Check
          label={t("views.shared")}
          hint={t("views.shared_hint")}
          checked={shared}
          onChange={(event) => setShared(event.target.checked)}
        />
      )}
      <ErrorLine error={save.error ?? drop.error} />
    </Dialog>
  );
}

/** How many it finds now, once the typing rests. */
function Preview({ base, group }: { base: BaseView; group: Group | null }) {
  const { t } = useTranslation();
  const text = group ? JSON.stringify(toFilter(group)) : "";
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), 300);
    return () => clearTimeout(timer);
  }, [text]);
  const preview = usePreview(base, rested ? JSON.parse(rested) : null);
  return (
    <p className={style.preview} role="status">
      {!rested
        ? t("views.preview_none")
        : preview.data
          ? t(preview.data.more || preview.data.count >= 1000 ? "views.preview_more" : "views.preview", {
              count: Math.min(preview.data.count, 999),
            })
          : null}
      <ErrorLine error={preview.error} />
    </p>
  );
}
