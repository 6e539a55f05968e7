import { act, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

beforeEach(() => vi.resetModules());

test("what names another page waits for its words, and then says them", async () => {
  const { startI18n, withWords } = await import("./index");
  const { useKnownWords } = await import("./useKnownWords");
  await startI18n("fr");
  function Title() {
    const known = useKnownWords();
    return <h1>{[known("settings.nav.account"), known("nav.settings")].filter(Boolean).join(" · ")}</h1>;
  }
  render(<Title />);
  expect(screen.getByRole("heading").textContent).toBe("Réglages");
  await act(() => withWords(Promise.resolve()));
  expect(screen.getByRole("heading").textContent).toBe("Mon compte · Réglages");
});
