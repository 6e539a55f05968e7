import { useEffect, useId, useState } from "react";
import { Field } from "@/shared/ui/Field";

interface WordFieldProps {
  label: string;
  value: string;
  words: string[];
  onSave: (word: string) => void;
}

/** A free word with those used before; kept when one leaves the field or presses Enter. */
export function WordField({ label, value, words, onSave }: WordFieldProps) {
  const list = useId();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const save = () => (typed.trim() === value ? undefined : onSave(typed));
  return (
    <>
      <Field
        label={label}
        value={typed}
        maxLength={60}
        list={list}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === "Enter") save();
        }}
      />
      <datalist id={list}>
        {words.map((word) => (
          <option key={word} value={word} />
        ))}
      </datalist>
    </>
  );
}
