import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import { startI18n } from "@/shared/i18n";

configure({ asyncUtilTimeout: 20_000 });
await startI18n("fr");
afterEach(cleanup);
