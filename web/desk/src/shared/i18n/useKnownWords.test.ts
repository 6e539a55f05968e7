import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

beforeEach(() => vi.resetModules());

test("what names another page waits for its words, and is drawn anew when they come", async () => {
  const { startI18n, withWords } = await import("./index");
  const { useKnownWords } = await import("./useKnownWords");
  await startI18n("fr");
  const { result } = renderHook(() => {
    const known = useKnownWords();
    return [known("settings.nav.account"), known("nav.settings")];
  });
  expect(result.current).toEqual(["", "Réglages"]);
  await act(() => withWords(Promise.resolve()));
  expect(result.current).toEqual(["Mon compte", "Réglages"]);
});
