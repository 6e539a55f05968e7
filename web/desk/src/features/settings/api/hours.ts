import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, put, query } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Delay, Hours } from "@/shared/api/types";

export interface ChannelHours {
  channel: string;
  hours: Hours;
  delay: Delay;
  warning?: boolean;
}

export function useHours() {
  return useQuery({
    queryKey: keys.hours,
    queryFn: async ({ signal }) => {
      const { channels } = await get<{ channels: ChannelHours[] }>("/settings/hours", signal);
      // What is empty is left out by the server; a form wants it there.
      return channels.map((it) => ({
        ...it,
        hours: { week: it.hours.week ?? {}, closed: it.hours.closed ?? [], always: it.hours.always ?? false },
      }));
    },
  });
}

export function useSaveHours() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (channels: ChannelHours[]) =>
      put("/settings/hours", {
        channels: channels.map(({ channel, hours, delay }) => ({ channel, hours, delay })),
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.hours }),
  });
}

export interface Holiday {
  date: string;
  name: string;
  name_en: string;
}

export function useHolidays(zone: string, year: number) {
  return useQuery({
    queryKey: keys.holidays(zone, year),
    queryFn: async ({ signal }) => {
      const read = await get<Holiday[] | { items: Holiday[] }>(
        query("/settings/holidays", { zone, year }),
        signal,
      );
      return Array.isArray(read) ? read : read.items;
    },
    enabled: zone !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
}
