import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The Go server that `npm run dev` talks to; the product itself is same-origin.
const server = process.env.COMPTOIR_URL ?? "http://localhost:8080";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: ["chrome123", "firefox121", "safari17.5"],
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
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
