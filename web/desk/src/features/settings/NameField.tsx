import { useEffect, useState } from "react";
import { Field } from "@/shared/ui/Field";

interface NameFieldProps {
  label: string;
  name: string;
  off?: boolean;
  onSave: (name: string) => void;
}

/** A name that is changed where it stands; kept when one leaves it or presses Enter. */
export function NameField({ label, name, off, onSave }: NameFieldProps) {
  const [typed, setTyped] = useState(name);
  useEffect(() => setTyped(name), [name]);
  const save = () => (typed.trim() && typed.trim() !== name ? onSave(typed) : setTyped(name));
  return (
    <Field
      quiet
      label={label}
      value={typed}
      maxLength={60}
      disabled={off}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter") save();
      }}
    />
  );
}
