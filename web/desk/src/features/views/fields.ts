import type { Choices } from "@/shared/api/types";

/** How the value of a condition is given. */
export type Input = "choice" | "yes" | "number" | "text" | "day";

export interface Field {
  name: string;
  op: string;
  input: Input;
  /** Words of the program's own, before what the shop has. */
  words?: readonly (string | number)[];
  /** The shop's own. */
  from?: Exclude<keyof Choices, "fields">;
  /** Of one of the shop's own fields: what it is called. */
  title?: string;
}

export const FIELDS: readonly Field[] = [
  { name: "assignee", op: "is", input: "choice", words: ["me", "nobody"], from: "people" },
  { name: "team", op: "is", input: "choice", words: ["mine", "none"], from: "teams" },
  { name: "tag", op: "is", input: "choice", from: "tags" },
  { name: "reason", op: "is", input: "choice", words: ["none"], from: "reasons" },
  { name: "text", op: "contains", input: "text" },
  { name: "channel", op: "is", input: "choice", words: ["mail", "phone", "counter", "letter", "form"] },
  { name: "mailbox", op: "is", input: "choice", words: ["none"], from: "mailboxes" },
  { name: "language", op: "is", input: "choice", words: ["fr", "en", "de", "es", "it", "nl"] },
  { name: "priority", op: "is", input: "choice", words: [1, 0, -1] },
  { name: "reminders", op: "min", input: "number" },
  { name: "due", op: "within", input: "choice", words: [0, 120, 1440, 4320] },
  { name: "received", op: "within", input: "choice", words: [1440, 4320, 10080, 43200] },
  { name: "state", op: "is", input: "choice", words: ["open", "waiting", "closed"] },
  { name: "law", op: "is", input: "yes" },
  { name: "angry", op: "is", input: "yes" },
  { name: "holding", op: "is", input: "yes" },
  { name: "draft", op: "is", input: "yes" },
];

/** The shop's own fields, each compared as its kind allows. */
function own(choices: Choices): readonly Field[] {
  return (choices.fields ?? []).map(({ id, name, kind, choices: words }): Field => {
    const field = { name: `field-${id}`, title: name };
    switch (kind) {
      case "number":
        return { ...field, op: "min", input: "number" };
      case "date":
        return { ...field, op: "from", input: "day" };
      case "text":
        return { ...field, op: "contains", input: "text" };
      case "yes_no":
        return { ...field, op: "is", input: "choice", words: ["yes", "no", ""] };
      default:
        return { ...field, op: "is", input: "choice", words: [...words, ""] };
    }
  });
}

export const fieldOf = (name: string, choices: Choices): Field | undefined =>
  FIELDS.find((it) => it.name === name) ?? own(choices).find((it) => it.name === name);

/** Fields that the shop has nothing for are not offered. */
export function offered(choices: Choices): readonly Field[] {
  return [
    ...FIELDS.filter(({ from, words }) => !from || words !== undefined || choices[from].length > 0).filter(
      ({ name }) => name !== "team" || choices.teams.length > 0,
    ),
    ...own(choices),
  ];
}

/** What a new condition on a field begins with. */
export function firstValue(field: Field, choices: Choices): unknown {
  if (field.input === "yes") return true;
  if (field.input === "number") return 1;
  if (field.input === "text" || field.input === "day") return "";
  return field.words?.[0] ?? (field.from ? choices[field.from][0]?.id : "") ?? "";
}
