import type { MailboxConfig, Preset } from "@/shared/api/types";

export function newMailbox(): MailboxConfig {
  return {
    name: "",
    address: "",
    kind: "imap",
    auth: "password",
    username: "",
    password: "",
    imap: { host: "", port: 993, security: "tls" },
    smtp: { host: "", port: 465, security: "tls" },
    folders: { inbox: "", junk: "", sent: "" },
    after_intake: "none",
    move_to: "",
    owed_since: "now",
    dkim: null,
    aliases: [],
  };
}

/** The servers of a provider, put under whatever was typed before. */
export function withPreset(mailbox: MailboxConfig, preset: Preset): MailboxConfig {
  return { ...mailbox, kind: "imap", imap: { ...preset.imap }, smtp: { ...preset.smtp } };
}

/** The provider whose addresses look like this one. */
export function presetFor(address: string, presets: Preset[]): Preset | undefined {
  const domain = address.split("@")[1]?.toLowerCase();
  return domain
    ? presets.find(({ domains }) => domains?.some((it) => it.toLowerCase() === domain))
    : undefined;
}

/** The user name and the name follow the address until they are given their own. */
export function withAddress(mailbox: MailboxConfig, address: string): MailboxConfig {
  const follows = (value: string) => value === "" || value === mailbox.address;
  return {
    ...mailbox,
    address,
    username: follows(mailbox.username) ? address : mailbox.username,
  };
}
