import { faultWords } from "@/shared/i18n";
import { Problem, type ProblemBody } from "./problem";

const BASE = "/api/v1";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * One request of the app to its own server. Answers what the server answered,
 * undefined for 204; throws a Problem for a refusal and a TypeError when the
 * network is gone, so that a screen can tell the two apart.
 */
export async function call<T = void>(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const form = body instanceof FormData;
  const answer = await fetch(BASE + path, {
    method,
    signal,
    credentials: "same-origin",
    headers: body === undefined || form ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : form ? body : JSON.stringify(body),
  });
  if (!answer.ok) {
    const problem = new Problem(answer.status, await readProblem(answer));
    // Who is not signed in is led to the sign-in page: that refusal is never shown.
    if (method !== "GET" || answer.status !== 401) await faultWords();
    throw problem;
  }
  if (answer.status === 204) return undefined as T;
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const get = <T>(path: string, signal?: AbortSignal) => call<T>("GET", path, undefined, signal);
export const post = <T = void>(path: string, body: unknown = {}) => call<T>("POST", path, body);
export const put = <T = void>(path: string, body: unknown) => call<T>("PUT", path, body);
export const patch = <T = void>(path: string, body: unknown) => call<T>("PATCH", path, body);
export const remove = <T = void>(path: string, body?: unknown) => call<T>("DELETE", path, body);

type Named = { key: string } & Record<string, unknown>;

/** Waits between the tries of a named request, in milliseconds. */
const PATIENCE = [500, 1_000, 2_000, 4_000, 8_000, 8_000];

/**
 * A request that names its press: the server does it once and tells of all,
 * so it is repeated where no answer came or the first one is still under way.
 */
export async function postNamed<T>(path: string, body: Named, waits = PATIENCE): Promise<T> {
  try {
    return await post<T>(path, body);
  } catch (error) {
    const [wait, ...rest] = waits;
    const open = !(error instanceof Problem) || error.code === "busy" || error.status > 500;
    if (wait === undefined || !open) throw error;
    await new Promise((again) => setTimeout(again, wait));
    return postNamed<T>(path, body, rest);
  }
}

/** A path with its values escaped: query values that are empty are left out. */
export function query(
  path: string,
  values: Record<string, string | number | boolean | null | undefined>,
): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== "") asked.set(name, String(value));
  }
  const text = asked.toString();
  return text ? `${path}?${text}` : path;
}

/** The address of something the browser fetches by itself: a frame, a picture, a download. */
export function address(path: string): string {
  return BASE + path;
}

async function readProblem(answer: Response): Promise<ProblemBody> {
  try {
    const body: unknown = await answer.json();
    return typeof body === "object" && body !== null ? (body as ProblemBody) : {};
  } catch {
    return {}; // a proxy's own page, or nothing: the status says enough
  }
}
