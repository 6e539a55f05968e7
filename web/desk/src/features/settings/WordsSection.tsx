import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ShopWords } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { TextArea } from "@/shared/ui/Field";
import { Part } from "@/shared/ui/Sheet";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorLine, ErrorState } from "@/shared/ui/States";
import { useSaveWords, useWordLists } from "./api/words";
import style from "./Settings.module.css";
import { useSaved } from "./useSaved";

interface Texts {
  stopped: string;
  warned: string;
  preferred: string;
}

/** What the shop doesn't write, and what it says instead: a line each, as one would note it. */
export function WordsSection() {
  const { t } = useTranslation();
  const saved = useSaved();
  const read = useWordLists();
  const save = useSaveWords();
  const [value, setValue] = useState<Texts | null>(null);
  const { data } = read;
  useEffect(() => {
    if (data) setValue((before) => before ?? textsOf(data));
  }, [data]);
  if (!value) {
    return read.isError ? (
      <ErrorState error={read.error} onRetry={() => void read.refetch()} />
    ) : (
      <Skeleton lines={6} />
    );
  }
  const area = (name: keyof Texts) => (
    <TextArea
      label={t(`settings.words.${name}`)}
      hint={t(`settings.words.${name}_hint`)}
      rows={5}
      value={value[name]}
      onChange={(event) => setValue({ ...value, [name]: event.target.value })}
    />
  );
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(wordsOf(value), { onSuccess: saved });
      }}
    >
      <Part title={t("settings.words.title")} intro={t("settings.words.intro")}>
        {area("stopped")}
        {area("warned")}
        {area("preferred")}
      </Part>
      <ErrorLine error={save.error} />
      <div className={style.save}>
        <Button kind="primary" type="submit" busy={save.isPending}>
          {t("settings.save")}
        </Button>
      </div>
    </form>
  );
}

function textsOf({ forbidden, preferred }: ShopWords): Texts {
  const words = (stops: boolean) =>
    forbidden
      .filter((it) => Boolean(it.stops) === stops)
      .map((it) => it.words)
      .join("\n");
  return {
    stopped: words(true),
    warned: words(false),
    preferred: preferred.map((it) => `${it.words} = ${it.instead}`).join("\n"),
  };
}

function wordsOf({ stopped, warned, preferred }: Texts): ShopWords {
  const lines = (text: string) =>
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
  return {
    forbidden: [
      ...lines(stopped).map((words) => ({ words, stops: true })),
      ...lines(warned).map((words) => ({ words, stops: false })),
    ],
    preferred: lines(preferred).map((line) => {
      const [words = "", ...instead] = line.split("=");
      return { words: words.trim(), instead: instead.join("=").trim() };
    }),
  };
}
