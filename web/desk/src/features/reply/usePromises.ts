import type { DraftOptions, PromiseInText } from "@/shared/api/types";

interface Promising {
  found: PromiseInText[];
  options: DraftOptions;
  onOptions: (part: Partial<DraftOptions>) => void;
}

/** What the text promises, less what its author took out, with the dates that they mended. */
export function usePromises({ found, options, onOptions }: Promising) {
  const dates = options.dates ?? {};
  const unkept = options.unkept ?? [];
  const promises = found
    .filter(({ title }) => !unkept.includes(title))
    .map((it) => ({ ...it, due_at: dates[it.title] ?? it.due_at, exact: it.exact || it.title in dates }));
  return {
    promises,
    setDate: ({ title }: PromiseInText, due: string) => onOptions({ dates: { ...dates, [title]: due } }),
    remove: ({ title }: PromiseInText) => onOptions({ unkept: [...unkept, title].slice(-20) }),
  };
}
