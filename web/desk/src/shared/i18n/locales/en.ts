import faults from "../faults.en.json";

export { faults };

// One chunk a language: what is read at start is one file, not twenty.
export default import.meta.glob<Record<string, unknown>>("./en/*.json", { eager: true, import: "default" });
