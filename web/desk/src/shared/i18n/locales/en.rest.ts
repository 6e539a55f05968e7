// All that is not in en.first.ts, in one file: a subject that is new belongs here by itself.
export default import.meta.glob<Record<string, unknown>>(
  [
    "./en/*.json",
    "!./en/{bulk,channel,contact,keys,language,nav,notices,owed,present,promise,shell,sign_in,tour,ui}.json",
  ],
  { eager: true, import: "default" },
);
