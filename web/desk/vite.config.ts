import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

// The Go server that `npm run dev` talks to; the product itself is same-origin.
const server = process.env.COMPTOIR_URL ?? "http://localhost:8080";

/** Writes sw.js, which knows the files of this version and the script that starts its page. */
function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    generateBundle(_, bundle) {
      const names = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css|woff2)$/.test(name));
      const files = [...names.map((name) => `/${name}`).sort(), ...UNHASHED];
      const entry = Object.values(bundle).find((it) => it.type === "chunk" && it.isEntry)?.fileName ?? "";
      const text = readFileSync(new URL("./src/worker/sw.js", import.meta.url), "utf8")
        .replace("self.__FILES__ ?? []", JSON.stringify(files))
        .replace('self.__ENTRY__ ?? ""', JSON.stringify(`/${entry}`));
      this.emitFile({ type: "asset", fileName: "sw.js", source: text });
    },
  };
}

// Kept as well: what the browser asks for by a name without a hash.
const UNHASHED = ["/favicon.svg", "/icons/icon-192.png", "/icons/badge-96.png"];

export default defineConfig({
  plugins: [react(), serviceWorker()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: ["chrome123", "firefox121", "safari17.5"],
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What the first page needs is two files, the desk's own and the libraries', which change
          // less often. A part each would be sixty, and compress worse.
          groups: [
            { name: "libraries", test: /[\\/]node_modules[\\/]/, tags: ["$initial"], priority: 2 },
            // Not main.tsx itself: the script that the page names stands for its version.
            { name: "first", test: /[\\/]src[\\/](?!main\.tsx$)/, tags: ["$initial"], priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": { target: server, ws: true } } },
  test: {
    environment: "happy-dom",
    setupFiles: ["./src/test-setup.ts"],
    restoreMocks: true,
    // A busy machine is no failure: these end a test that hangs, nothing else.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The clocks of the tests are told in Paris time, wherever they run.
    env: { TZ: "Europe/Paris" },
  },
});
