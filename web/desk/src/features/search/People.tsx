import { User } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { FoundCustomer } from "@/shared/api/types";
import style from "./People.module.css";

/** What asks for everything that a person wrote. */
export function lettersOf(person: FoundCustomer): string {
  return `from:${person.addresses[0] ?? `"${person.name}"`}`;
}

/** Customers of that name, address or number; one press searches their letters. */
export function People({ people, onPick }: { people: FoundCustomer[]; onPick: (q: string) => void }) {
  const { t } = useTranslation();
  if (people.length === 0) return null;
  return (
    <section className={style.people} aria-label={t("search.people")}>
      {people.map((person) => (
        <button
          key={person.id}
          type="button"
          className={style.person}
          onClick={() => onPick(lettersOf(person))}
        >
          <User size={14} aria-hidden="true" />
          <b>{person.name || person.addresses[0] || person.phones[0]}</b>
          <span>{person.name ? (person.addresses[0] ?? person.phones[0]) : null}</span>
        </button>
      ))}
    </section>
  );
}
