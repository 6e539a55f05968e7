import { describe, expect, test } from "vitest";
import { keepStill } from "./still";

const rows = (...ids: number[]) => ids.map((id) => ({ id }));
const ids = (list: { id: number }[]) => list.map(({ id }) => id);

describe("a list under the eye", () => {
  test("shows all that is there at first", () => {
    expect(ids(keepStill([], rows(3, 1, 2)).rows)).toEqual([3, 1, 2]);
  });

  test("holds back what would push in above, and counts it", () => {
    const still = keepStill([1, 2, 3], rows(9, 1, 8, 2, 3));
    expect(ids(still.rows)).toEqual([1, 2, 3]);
    expect(ids(still.waiting)).toEqual([9, 8]);
  });

  test("keeps its order when a reminder raised a row", () => {
    const still = keepStill([1, 2, 3], rows(3, 1, 2));
    expect(ids(still.rows)).toEqual([1, 2, 3]);
    expect(still.waiting).toEqual([]);
  });

  test("lets what was answered leave, and what comes after follow", () => {
    const still = keepStill([1, 2, 3], rows(1, 3, 4, 5));
    expect(ids(still.rows)).toEqual([1, 3, 4, 5]);
    expect(still.waiting).toEqual([]);
  });

  test("starts afresh when nothing of it is left", () => {
    expect(ids(keepStill([1, 2], rows(7, 8)).rows)).toEqual([7, 8]);
    expect(keepStill([1, 2], []).rows).toEqual([]);
  });

  test("gives each row its new words", () => {
    const still = keepStill([1], [{ id: 1, words: "2e relance" }]);
    expect(still.rows[0]?.words).toBe("2e relance");
  });
});
