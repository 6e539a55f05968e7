import { describe, expect, test } from "vitest";
import { asked, idOf, isView, kindOf } from "./view";

describe("the name of a list", () => {
  test("is one of the desk's own or holds an id", () => {
    expect(["owed", "team-3", "tag-7", "view-12"].every(isView)).toBe(true);
    expect(["", "Owed", "team-", "team-0", "view-x", "view-1.5", "tags-1", "constructor"].some(isView)).toBe(
      false,
    );
  });

  test("becomes what the server is asked", () => {
    expect(asked("view-12", "rank")).toEqual({
      view: "saved",
      team: null,
      tag: null,
      saved: 12,
      order: null,
    });
    expect(asked("team-3", "rank")).toEqual({ view: "team", team: 3, tag: null, saved: null, order: "rank" });
    expect(asked("closed", "rank").order).toBeNull();
    expect([kindOf("tag-7"), idOf("tag-7"), idOf("owed")]).toEqual(["tag", 7, null]);
  });
});
