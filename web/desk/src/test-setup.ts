import { cleanup, configure } from "@testing-library/react";
import i18next from "i18next";
import { afterEach, expect } from "vitest";
import { startI18n } from "@/shared/i18n";

configure({ asyncUtilTimeout: 20_000 });
// Never idle: what is fetched ahead of need would be read in each test.
globalThis.requestIdleCallback = () => 0;
await startI18n("fr");
// Words come in parts, and a key on the screen is a fault in any test.
const missing: string[] = [];
i18next.options.saveMissing = true;
i18next.on("missingKey", (_, __, key) => missing.push(key));
afterEach(() => {
  cleanup();
  expect(missing.splice(0)).toEqual([]);
});
