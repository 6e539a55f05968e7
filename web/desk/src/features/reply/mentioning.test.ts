import { describe, expect, test } from "vitest";
import type { Person } from "@/shared/api/types";
import { mentioning, named } from "./mentioning";

const people = [
  { id: 1, name: "Véronica Lambert", active: true },
  { id: 2, name: "Marc Petit", active: true },
  { id: 3, name: "Marie-Claude Petit", active: true },
  { id: 4, name: "Julien Roux", active: false },
] as Person[];
const at = (text: string) => mentioning(text, text.length, people, 1)?.people.map(({ id }) => id);

describe("naming somebody in a note", () => {
  test("takes beginnings of first and last names, accents apart", () => {
    expect(at("Vu avec @ma")).toEqual([2, 3]);
    expect(at("@PETIT")).toEqual([2, 3]);
    expect(mentioning("@ver", 4, people, 9)?.people.map(({ id }) => id)).toEqual([1]);
  });
  test("offers nobody who left, nor oneself", () => {
    expect(at("@jul")).toBeUndefined();
    expect(at("@ver")).toBeUndefined();
  });
  test("leaves addresses and what follows alone", () => {
    expect(at("camille@mar")).toBeUndefined();
    expect(at("@Marc Petit a vu")).toBeUndefined();
  });
  test("writes the whole name where the caret stands", () => {
    const text = "Dis @ma, tu peux ?";
    const found = mentioning(text, 7, people, 1);
    expect(found && named(text, found, people[1] as Person)).toEqual({
      text: "Dis @Marc Petit, tu peux ?",
      caret: 15,
    });
  });
});
