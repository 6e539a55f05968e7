import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "@/shared/api/call";
import type { Incident } from "@/shared/api/types";
import { useDone } from "@/shared/api/useUndo";
import { type Command, useCommands } from "@/shared/commands/commands";
import { type From, useGather, useIncidents } from "@/shared/incident/useIncidents";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { Menu } from "@/shared/ui/Menu";
import { ErrorLine } from "@/shared/ui/States";

/** Puts what is chosen into an incident that goes on, or into a new one. */
export function BulkIncident({ from, busy, onDone }: { from: From; busy: boolean; onDone: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const done = useDone();
  const incidents = useIncidents();
  const gather = useGather();
  const [name, setName] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const add = async (incident: number) => {
    const { added, undo } = await gather.mutateAsync({ incident, from });
    done(t("incident.bulk_done", { count: added }), undo);
    onDone();
  };
  const open = async () => {
    setError(null);
    try {
      const { id } = await post<Incident>("/incidents", { name, hint: true });
      await add(id);
      void navigate({ to: "/incidents/$incident", params: { incident: String(id) } });
    } catch (failed) {
      setError(failed);
    }
  };
  const going = (incidents.data ?? []).filter(({ ended_at }) => !ended_at);
  useCommands(
    [
      ...going.map(({ id, name: label }) => ({
        key: String(id),
        label,
        run: () => void add(id).catch(setError),
      })),
      { key: "new", label: t("incident.bulk_new"), run: () => setName("") },
    ].map(
      ({ key, label, run }): Command => ({
        key: `bulk-incident-${key}`,
        group: "conversation",
        label: t("bulk.command", { act: t("ui.act_on", { act: t("incident.bulk"), what: label }) }),
        run,
      }),
    ),
  );
  return (
    <>
      <Menu
        label={t("incident.bulk")}
        align="start"
        trigger={<Button busy={busy || gather.isPending}>{t("incident.bulk")}</Button>}
        items={[
          ...going.map(({ id, name: label }) => ({
            key: String(id),
            label,
            onSelect: () => void add(id).catch(setError),
          })),
          { key: "new", label: t("incident.bulk_new"), onSelect: () => setName("") },
        ]}
      />
      {name === null ? <ErrorLine error={error} /> : null}
      {name !== null ? (
        <Dialog open onClose={() => setName(null)} title={t("incident.open")} intro={t("incident.intro")}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (name.trim()) void open();
            }}
          >
            <Field
              label={t("incident.name")}
              placeholder={t("incident.name_example")}
              value={name}
              maxLength={120}
              required
              onChange={(event) => setName(event.target.value)}
            />
            <ErrorLine error={error} />
            <Button kind="primary" type="submit" busy={gather.isPending} disabled={!name.trim()}>
              {t("incident.open")}
            </Button>
          </form>
        </Dialog>
      ) : null}
    </>
  );
}
