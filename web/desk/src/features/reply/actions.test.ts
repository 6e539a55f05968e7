import { describe, expect, it } from "vitest";
import type { AnswerAction } from "@/shared/api/types";
import { joinActions, onceArrived } from "./actions";

const tag = (word: string): AnswerAction => ({ kind: "tag", tag: word });

describe("the actions of saved answers", () => {
  it("of a second one add its tags once", () => {
    expect(joinActions([tag("retard")], [tag("retard"), tag("colis")])).toEqual([
      tag("retard"),
      tag("colis"),
    ]);
  });

  it("that can be once only are the newer one's", () => {
    const wait: AnswerAction = { kind: "wait" };
    expect(
      joinActions([{ kind: "close" }, { kind: "assign", person: 3 }], [wait, { kind: "assign", team: 2 }]),
    ).toEqual([wait, { kind: "assign", team: 2 }]);
  });

  it("wait for the arrival where something is owed until then", () => {
    expect(onceArrived([tag("retard"), { kind: "snooze", delay: "2 open_days" }])).toEqual([
      { kind: "snooze", delay: "2 open_days" },
    ]);
  });
});
