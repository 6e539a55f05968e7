import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { firstLanguage, startI18n } from "@/shared/i18n";
import { applyTheme, savedTheme } from "@/shared/theme";
import "@/shared/base.css";

applyTheme(savedTheme());
await startI18n(firstLanguage());

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
