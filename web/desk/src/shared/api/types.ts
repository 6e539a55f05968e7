import type { components } from "./schema.gen";

/**
 * The server's own types, by the names that the screens use. They come from its
 * description (`npm run generate`); said here is only what that description
 * cannot say: which parts may be null, and that an entry is one of three things.
 */
type Schema = components["schemas"];
/** The named fields alone: a schema that takes further ones has an index signature, which would hide them. */
type Known<T> = { [K in keyof T as string extends K ? never : K]: T[K] };
type Maybe<T, K extends keyof T> = Omit<T, K> & { [P in K]: T[P] | null };

export type Id = number;
export type Instant = string;

export interface Page<T> {
  items: T[];
  next: string;
  position?: string;
}

export type Ref = Schema["Ref"];
export type Addr = Schema["Addr"];
export type Counts = Schema["Counts"];
export type Telling = Maybe<Schema["Telling"], "own_hours">;
export type PushDevice = Schema["PushDevice"];
export type Week = Schema["Week"];
export type Me = Schema["Me"];
export type Role = Me["person"]["role"];
export type ThemeName = Me["person"]["theme"];
export type LanguageCode = Me["person"]["language"];
export type Person = Maybe<Schema["Person"], "substitute">;

export type BaseView =
  | "owed"
  | "mine"
  | "unassigned"
  | "team"
  | "waiting"
  | "snoozed"
  | "scheduled"
  | "sent"
  | "closed"
  | "to_read"
  | "courtesy"
  | "sort"
  | "spam";
/** A list as the address names it: one of the desk's own, a team's, a tag's, or one that a person made. */
export type View = BaseView | `team-${number}` | `tag-${number}` | `view-${number}`;
export type Order = Me["person"]["list_order"];
export type Filter = Schema["Filter"];
export type SavedView = Omit<Maybe<Schema["ShownView"], "count">, "base"> & { base: BaseView };
export type TeamList = Schema["ShownTeam"];
export type TagList = Schema["ShownTag"];
export interface Beside {
  views: SavedView[];
  teams: TeamList[];
  tags: TagList[];
  /** Of teams and tags, those that the person put first. */
  favourites: string[];
}
export type Choices = Schema["Choices"];
export type BulkAction = Schema["BulkAction"];
export type BulkDone = Schema["BulkDone"];
export type Row = Maybe<Schema["Row"], "assignee" | "team" | "reason">;
export type Channel = Row["channel"];

export type Marked = Schema["Marked"];
export type FoundCustomer = Schema["FoundCustomer"];
export type Found = Omit<Schema["Found"], "conversation"> & { conversation: Row };
export type Results = Omit<Known<Schema["Results"]>, "conversations"> & { conversations: Found[] };
export type Suggestions = Omit<Known<Schema["Suggestions"]>, "conversation"> & { conversation: Row | null };

export type Attachment = Schema["Attachment"];
export type Delivery = Schema["Delivery"];
export type Message = Maybe<Schema["Message"], "delivery" | "passed">;
export type Note = Omit<Maybe<Schema["Note"], "author" | "from">, "delivery"> & { delivery: Delivery | null };
export type Ask = Schema["Ask"];
export type Party = Schema["Party"];
export type PartyInput = Required<Omit<Schema["PartyInput"], "$schema">>;
export type TimelineEvent = Schema["Event"];
export type Entry =
  | { type: "message"; at: Instant; message: Message }
  | { type: "note"; at: Instant; note: Note }
  | { type: "event"; at: Instant; event: TimelineEvent };

export type Owed = Omit<Maybe<Schema["Promise"], "in_charge">, "mark"> & { mark: "near" | "broken" | "" };
export type Draft = Maybe<Schema["Draft"], "reading">;
export type DraftReading = NonNullable<Schema["DraftReading"]>;
export type Suggestion = Schema["Suggestion"];
export type Conversation = Omit<
  Maybe<Schema["Conversation"], "assignee" | "draft" | "mailbox" | "team" | "reason" | "blocked">,
  "timeline" | "promises" | "draft"
> & { timeline: Entry[]; promises: Owed[]; draft: Draft | null };
export type Labels = Schema["Labels"];
export type Reason = Schema["Reason"];
export type Tag = Schema["Tag"];
export type ShopField = Schema["Field"];
export type Team = Schema["Team"];
export type Notice = Maybe<Schema["Notice"], "by" | "rule">;
export type Finding = Schema["Finding"];
export type GuardAlarms = Schema["Alarms"];
export type PassedReason = Maybe<Schema["PassedReason"], "person">;
export type DraftOptions = NonNullable<Draft["options"]>;
export type Question = Schema["Question"];
export type PromiseInText = Schema["PromiseInText"];
export type SendTime = Schema["SendTime"];
export type SavedAnswer = Maybe<Schema["SavedAnswer"], "folder" | "owner" | "used_at">;
export type SavedAnswerWhole = Maybe<Schema["SavedAnswerWhole"], "folder" | "owner" | "used_at">;
export type SavedAnswerInput = Schema["SavedAnswerInput"];
export type SavedAnswerFolder = Schema["SavedAnswerFolder"];
export type RenderedAnswer = Schema["RenderedAnswer"];
export type AnswerAction = Schema["Action"];
export type KnownFact = Schema["KnownFact"];
export type Incident = Maybe<Schema["Incident"], "ends_at" | "ended_at" | "tag" | "reason">;
export type IncidentInput = Omit<Known<Schema["SaveIncidentInBody"]>, "revision" | "$schema">;
export type IncidentRound = Maybe<Schema["IncidentRound"], "holding_until" | "started_by" | "started_at">;
export type IncidentAnswer = Maybe<
  Schema["IncidentAnswer"],
  "due_at" | "send_at" | "delivery" | "undo_until"
>;
export type IncidentHint = Schema["IncidentHint"];
export type SuggestedConversation = Schema["SuggestedConversation"];
export type ShopWords = Schema["ShopWords"];
export type Undo = Schema["Undo"];

export type MailServer = Schema["MailServer"];
export type Preset = Schema["PresetShown"];
export type CheckStep = Schema["Check"];
export type FolderState = Schema["FolderState"];
/** A mailbox as a form holds it: every field there, an absent sending server as null. */
export type MailboxConfig = Required<
  Omit<Known<Schema["MailboxConfig"]>, "imap" | "smtp" | "dkim" | "folders" | "aliases" | "$schema">
> & {
  imap: MailServer;
  smtp: MailServer | null;
  dkim: Schema["DKIM"] | null;
  folders: { inbox: string; junk: string; sent: string };
  aliases: string[];
};
export type Mailbox = Maybe<Known<Schema["Mailbox"]>, "smtp" | "dkim">;

export type ShopInput = Required<Omit<Schema["ShopInput"], "$schema">>;

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];
export type Period = [string, string];

/** Opening hours as a form holds them; a missing day is closed. */
export interface Hours {
  week: Partial<Record<Day, Period[]>>;
  closed: { first: string; last: string; text: string }[];
  always: boolean;
}

export type Delay = Schema["Delay"];

export type Figures = Known<Schema["Figures"]>;
export type PeriodFigures = Schema["PeriodFigures"];
export type PartFigures = Schema["PartFigures"];
export type Forecast = Known<Schema["Forecast"]>;
export type PageBlock = Schema["PageBlock"];
export type MailboxAudit = Maybe<Known<Schema["MailboxAudit"]>, "findings">;

export type APIKey = Schema["ShownKey"];
export type Webhook = Schema["Webhook"];
export type WebhookDelivery = Schema["WebhookDelivery"];
