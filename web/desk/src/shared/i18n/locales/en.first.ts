// What the first page and the sign-in page say, and nothing else: it is fetched before anything is painted.
export default import.meta.glob<Record<string, unknown>>(
  "./en/{bulk,channel,contact,keys,language,nav,notices,owed,present,promise,shell,sign_in,tour,ui}.json",
  { eager: true, import: "default" },
);
