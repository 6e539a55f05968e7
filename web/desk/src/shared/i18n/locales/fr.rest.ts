// All that is not in fr.first.ts, in one file: a subject that is new belongs here by itself.
export default import.meta.glob<Record<string, unknown>>(
  [
    "./fr/*.json",
    "!./fr/{bulk,channel,contact,keys,language,nav,notices,owed,present,promise,shell,sign_in,tour,ui}.json",
  ],
  { eager: true, import: "default" },
);
