import { describe, expect, test, vi } from "vitest";
import { call, get, post, postNamed, query } from "./call";
import { Problem } from "./problem";

function answer(status: number, body?: unknown) {
  const text = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => new Response(text, { status })),
  );
}

describe("a request", () => {
  test("gives what the server answered, and nothing for 204", async () => {
    answer(200, { owed: 12 });
    expect(await get("/counts")).toEqual({ owed: 12 });
    answer(204);
    expect(await post("/conversations/7/read", { through: 3 })).toBeUndefined();
  });

  test("refused, tells the sentence, the code and the wrong field", async () => {
    answer(422, {
      status: 422,
      title: "Unprocessable Entity",
      detail: "Le mot de passe est trop court.",
      code: "invalid",
      errors: [{ location: "body.person.password", message: "au moins 10 caractères" }],
    });
    const problem = await post("/setup/shop").catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(Problem);
    const refused = problem as Problem;
    expect(refused.words).toBe("Le mot de passe est trop court.");
    expect(refused.code).toBe("invalid");
    expect(refused.field("password")).toBe("au moins 10 caractères");
    expect(refused.field("word")).toBeUndefined();
  });

  test("refused by a proxy's page, still tells the status", async () => {
    answer(502, "<html>Bad gateway</html>");
    await expect(call("GET", "/me")).rejects.toMatchObject({ status: 502, words: undefined });
  });
});

describe("a request that names its press", () => {
  test("is asked again, the same, where no answer came or it is under way", async () => {
    const said: unknown[] = [];
    const answers = [
      () => Promise.reject(new TypeError("Failed to fetch")),
      () => Promise.resolve(new Response(JSON.stringify({ code: "busy" }), { status: 409 })),
      () => Promise.resolve(new Response(JSON.stringify({ done: [7] }), { status: 200 })),
    ];
    vi.stubGlobal("fetch", (_: string, asked: RequestInit) => {
      said.push(asked.body);
      return answers.shift()?.();
    });
    await expect(postNamed("/bulk", { key: "one-press" }, [1, 1, 1])).resolves.toEqual({ done: [7] });
    expect(said).toEqual(Array(3).fill(JSON.stringify({ key: "one-press" })));
  });

  test("is not asked again where it was refused", async () => {
    const asked = vi.fn(() => Promise.resolve(new Response("{}", { status: 422 })));
    vi.stubGlobal("fetch", asked);
    await expect(postNamed("/bulk", { key: "one-press" }, [1])).rejects.toMatchObject({ status: 422 });
    expect(asked).toHaveBeenCalledTimes(1);
  });
});

test("a query escapes its values and leaves the empty ones out", () => {
  expect(query("/customers", { q: "zoé & fils", cursor: "", limit: 20 })).toBe(
    "/customers?q=zo%C3%A9+%26+fils&limit=20",
  );
  expect(query("/counts", {})).toBe("/counts");
});
