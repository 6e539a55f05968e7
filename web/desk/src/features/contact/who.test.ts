import { expect, test } from "vitest";
import { readWho } from "./who";

test.each([
  ["Camille Renaud", { name: "Camille Renaud" }],
  ["06 12 34 56 78", { name: "", phone: "06 12 34 56 78" }],
  ["Paul Delmas 06.12.34.56.78", { name: "Paul Delmas", phone: "06.12.34.56.78" }],
  ["+33 6 12 34 56 78 Inès", { name: "Inès", phone: "+33 6 12 34 56 78" }],
  ["Inès <ines@exemple.fr>", { name: "Inès", address: "ines@exemple.fr" }],
  ["Luc 75", { name: "Luc 75" }],
  ["", { name: "" }],
])("%j is who it was", (typed, who) => {
  expect(readWho(typed)).toEqual(who);
});
