import { expect, test } from "vitest";
import { formatAddresses, parseAddresses } from "./addresses";

test.each([
  ["camille@exemple.fr", [["", "camille@exemple.fr"]]],
  [
    "Camille Renaud <camille@exemple.fr>; paul@exemple.fr,",
    [
      ["Camille Renaud", "camille@exemple.fr"],
      ["", "paul@exemple.fr"],
    ],
  ],
  ['"Renaud, Camille" <camille@exemple.fr>', [["Renaud, Camille", "camille@exemple.fr"]]],
  ["", []],
])("%j is read", (text, wanted) => {
  const { addresses, wrong } = parseAddresses(text);
  expect(addresses.map(({ name, address }) => [name, address])).toEqual(wanted);
  expect(wrong).toEqual([]);
  expect(parseAddresses(formatAddresses(addresses)).addresses).toEqual(addresses);
});

test.each(["camille", "@exemple.fr", "camille@", "Camille <camille>", "a b@c.fr", "<>"])(
  "%j is no address",
  (text) => {
    expect(parseAddresses(text)).toEqual({ addresses: [], wrong: [text] });
  },
);
