import { useEffect, useState } from "react";
import { readTime } from "./hours";

interface TimeInputProps {
  value: string;
  label: string;
  end?: boolean;
  onChange: (time: string) => void;
}

/** An hour as one writes it; the browser's own field would speak the browser's language, and cannot say 24:00. */
export function TimeInput({ value, label, end, onChange }: TimeInputProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <input
      type="text"
      inputMode="numeric"
      size={5}
      value={text}
      aria-label={label}
      aria-invalid={readTime(text, end) === null || undefined}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        const time = readTime(text, end) ?? "";
        if (time) setText(time);
        onChange(time || text);
      }}
    />
  );
}
