// The built binary on a data folder of its own, for what takes pictures of it.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openChromium } from "./stories/browser.mjs";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const DESK = { viewport: { width: 1440, height: 900 } };
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The binary on an empty data folder, ready when it has told its address. */
async function serve(data) {
  const listen = `127.0.0.1:${await freePort()}`;
  const base = `http://${listen}`;
  const binary = process.env.COMPTOIR_BIN || join(ROOT, "bin/comptoir");
  const args = ["serve", `--data=${data}`, `--listen=${listen}`, `--url=${base}`, "--smtp-listen="];
  const desk = spawn(binary, args, { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve, reject) => {
    desk.once("error", reject).once("exit", (code) => reject(new Error(`the desk ended with ${code}`)));
    desk.stdout.once("data", resolve);
  });
  return { desk, base };
}

/** Runs `take(browser, base)` on a fresh desk, and leaves nothing behind. */
export async function onFreshDesk(take) {
  const data = await mkdtemp(join(tmpdir(), "comptoir-pictures-"));
  const { desk, base } = await serve(data);
  const browser = await openChromium();
  try {
    await take(browser, base);
  } finally {
    await browser.close();
    desk.removeAllListeners("exit").kill();
    await rm(data, { recursive: true, force: true });
  }
}

/** A browser of its own, in a language, a width and a theme. */
export function openContext(browser, base, { language = "fr", dark, phone }, session) {
  return browser.newContext({
    baseURL: base,
    locale: language === "en" ? "en-GB" : "fr-FR",
    timezoneId: "Europe/Paris",
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
    storageState: session,
    ...(phone ? PHONE : DESK),
  });
}

/** Changes what the desk keeps of the signed-in person: language, order, tour. */
export async function changeMe(page, part) {
  const status = await page.evaluate(
    async (it) =>
      (
        await fetch("/api/v1/me", {
          method: "PATCH",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(it),
        })
      ).status,
    part,
  );
  if (status >= 300) throw new Error(`PATCH /me ${JSON.stringify(part)}: ${status}`);
}
