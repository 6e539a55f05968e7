import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { DelayField, findFault, HoursEditor, tidy } from "@/shared/forms";
import { speakDate } from "@/shared/time/speak";
import { Button } from "@/shared/ui/Button";
import { Select } from "@/shared/ui/Field";
import { Part } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine, ErrorState } from "@/shared/ui/States";
import { type ChannelHours, useHolidays, useHours, useSaveHours } from "./api/hours";
import { useShop } from "./api/shop";
import style from "./Settings.module.css";
import { useSaved } from "./useSaved";

// The channels that may keep hours of their own; the rest follow the shop's.
const CHANNELS = ["mail", "phone", "counter"] as const;

export function HoursSection() {
  const { t } = useTranslation();
  const saved = useSaved();
  const read = useHours();
  const save = useSaveHours();
  const [channels, setChannels] = useState<ChannelHours[] | null>(null);
  const { data } = read;
  useEffect(() => {
    if (data) setChannels((before) => before ?? data);
  }, [data]);
  if (!channels) {
    return read.isError ? (
      <ErrorState error={read.error} onRetry={() => void read.refetch()} />
    ) : (
      <Skeleton lines={8} />
    );
  }
  const set = (channel: string, part: Partial<ChannelHours>) =>
    setChannels(channels.map((it) => (it.channel === channel ? { ...it, ...part } : it)));
  const wrong = channels.some(({ hours }) => findFault(hours));
  const own = new Set(channels.map(({ channel }) => channel));
  const free = CHANNELS.filter((it) => !own.has(it));
  const general = channels.find(({ channel }) => channel === "") ?? channels[0];
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) {
          save.mutate(
            channels.map((it) => ({ ...it, hours: tidy(it.hours) })),
            { onSuccess: saved },
          );
        }
      }}
    >
      {channels.map(({ channel, hours, delay }) => (
        <Part
          key={channel}
          title={
            channel ? t("settings.hours.own", { channel: t(`channel.${channel}`) }) : t("settings.hours.all")
          }
        >
          <HoursEditor value={hours} onChange={(next) => set(channel, { hours: next })} />
          <DelayField value={delay} hours={hours} onChange={(next) => set(channel, { delay: next })} />
          {channel ? (
            <div className={style.save}>
              <Button
                kind="ghost"
                onClick={() => setChannels(channels.filter((it) => it.channel !== channel))}
              >
                {t("settings.hours.follow")}
              </Button>
            </div>
          ) : null}
        </Part>
      ))}
      {free.length > 0 && general ? (
        <Select
          label={t("settings.hours.add")}
          value=""
          onChange={(event) => {
            const { hours, delay } = structuredClone(general);
            if (event.target.value) setChannels([...channels, { channel: event.target.value, hours, delay }]);
          }}
        >
          <option value="">{t("settings.hours.choose")}</option>
          {free.map((it) => (
            <option key={it} value={it}>
              {t(`channel.${it}`)}
            </option>
          ))}
        </Select>
      ) : null}
      <Holidays />
      <ErrorLine error={save.error} />
      <div className={style.save}>
        <Button kind="primary" type="submit" busy={save.isPending} disabled={wrong}>
          {t("settings.save")}
        </Button>
      </div>
    </form>
  );
}

function Holidays() {
  const { t, i18n } = useTranslation();
  const shop = useShop();
  const [year] = useState(() => new Date().getFullYear());
  const zone = shop.data?.shop.holidays ?? "";
  const { data = [] } = useHolidays(zone, year);
  if (!zone || data.length === 0) return null;
  const french = i18n.language.startsWith("fr");
  return (
    <Part title={t("settings.hours.holidays", { year })} intro={t("settings.hours.holidays_intro")}>
      <ul className={style.holidays}>
        {data.map(({ date, name, name_en }) => (
          <li key={date + name}>
            {speakDate(new Date(`${date}T12:00:00Z`), { zone: "UTC", language: i18n.language })}{" "}
            {french ? name : name_en}
          </li>
        ))}
      </ul>
    </Part>
  );
}
