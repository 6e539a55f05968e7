import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/shared/api/problem";
import type { Attachment } from "@/shared/api/types";
import { LARGEST_FILE, uploadFile } from "@/shared/api/upload";
import { uuid } from "@/shared/uuid";

export interface Upload {
  key: string;
  name: string;
  done: number;
  error?: string;
}

/** Files on their way to the server, each with how far it is. */
export function useUploads(onArrived: (file: Attachment) => void) {
  const { t } = useTranslation();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const arrived = useRef(onArrived);
  arrived.current = onArrived;
  const forget = useCallback((key: string) => setUploads((all) => all.filter((it) => it.key !== key)), []);
  const change = useCallback(
    (key: string, part: Partial<Upload>) =>
      setUploads((all) => all.map((it) => (it.key === key ? { ...it, ...part } : it))),
    [],
  );
  const add = useCallback(
    (files: File[]) => {
      for (const file of files) {
        const key = uuid();
        const tooLarge = file.size > LARGEST_FILE;
        setUploads((all) => [
          ...all,
          { key, name: file.name, done: 0, error: tooLarge ? t("reply.file_too_large") : undefined },
        ]);
        if (tooLarge) continue;
        uploadFile(file, (done) => change(key, { done })).then(
          (attachment) => {
            forget(key);
            arrived.current(attachment);
          },
          (error: unknown) =>
            change(key, { error: (error instanceof Problem && error.words) || t("reply.file_failed") }),
        );
      }
    },
    [t, change, forget],
  );
  return { uploads, add, forget, busy: uploads.some(({ error }) => !error) };
}
