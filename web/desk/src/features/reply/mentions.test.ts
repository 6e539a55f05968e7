import { expect, test } from "vitest";
import type { Person } from "@/shared/api/types";
import { mentioned } from "./mentions";

const person = (id: number, name: string, active = true) => ({ id, name, active }) as Person;
const people = [person(1, "Véronica Lambert"), person(2, "Marc Petit"), person(3, "Inès Belkacem", false)];

test.each([
  ["@Véronica tu peux voir ?", [1]],
  ["vu avec @veronica, et @Marc.", [1, 2]],
  ["@Marcel n’est pas d’ici", []],
  ["@Marc Petit", [2]],
  ["@Inès est partie", []],
  ["sans personne", []],
])("%s", (text, ids) => {
  expect(mentioned(text, people)).toEqual(ids);
});
