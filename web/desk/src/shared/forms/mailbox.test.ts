import { expect, test } from "vitest";
import type { Preset } from "@/shared/api/types";
import { newMailbox, presetFor, withAddress, withPreset } from "./mailbox";

const orange: Preset = {
  id: "orange",
  name: "Orange",
  imap: { host: "imap.orange.fr", port: 993, security: "tls" },
  smtp: { host: "smtp.orange.fr", port: 465, security: "tls" },
  hint_fr: "",
  hint_en: "",
  domains: ["orange.fr", "wanadoo.fr"],
};

test("the provider is known by the address", () => {
  expect(presetFor("maison.lila@Wanadoo.fr", [orange])).toBe(orange);
  expect(presetFor("bonjour@maison-lila.exemple", [orange])).toBeUndefined();
  expect(presetFor("maison.lila@", [orange])).toBeUndefined();
});

test("a preset gives the servers and keeps what was typed", () => {
  const typed = { ...newMailbox(), address: "maison.lila@orange.fr", password: "secret" };
  const filled = withPreset(typed, orange);
  expect(filled.imap.host).toBe("imap.orange.fr");
  expect([filled.address, filled.password]).toEqual(["maison.lila@orange.fr", "secret"]);
  filled.imap.port = 1;
  expect(orange.imap.port).toBe(993);
});

test("the user name follows the address until it has its own", () => {
  const followed = withAddress(withAddress(newMailbox(), "a@b.fr"), "ab@b.fr");
  expect(followed.username).toBe("ab@b.fr");
  expect(withAddress({ ...followed, username: "lila" }, "c@b.fr").username).toBe("lila");
});
