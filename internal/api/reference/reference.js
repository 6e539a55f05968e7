// Shows the OpenAPI document of this server. Text is set as text, never as
// markup.
"use strict";

const WORDS = {
  fr: {
    language: "Langue", search: "Chercher une opération", count: (n) => (n === 1 ? "1 opération" : n + " opérations"),
    parameters: "Paramètres", name: "Nom", where: "Où", type: "Type", what: "Sens", required: "obligatoire",
    body: "Corps de la requête", answer: "Réponse", example: "Exemple", call: "Appel", schema: "Champs", none: "Aucun contenu",
    failed: "Le document n’a pas pu être lu. Rechargez la page.", session: "Réservé aux personnes connectées ; aucune clé.",
    scope: "Portée de la clé :", open: "Sans connexion.",
  },
  en: {
    language: "Language", search: "Search for an operation", count: (n) => (n === 1 ? "1 operation" : n + " operations"),
    parameters: "Parameters", name: "Name", where: "Where", type: "Type", what: "Meaning", required: "required",
    body: "Request body", answer: "Answer", example: "Example", call: "Call", schema: "Fields", none: "No content",
    failed: "The document could not be read. Reload the page.", session: "For people who are signed in; no key may.",
    scope: "Scope of the key:", open: "Without signing in.",
  },
};

const byId = (id) => document.getElementById(id);
let language = navigator.language.startsWith("fr") ? "fr" : "en";
let api;

function make(tag, text, className) {
  const it = document.createElement(tag);
  if (text !== undefined) it.textContent = text;
  if (className) it.className = className;
  return it;
}

/** Follows a reference of the document. */
function resolve(schema) {
  for (let n = 0; schema && schema.$ref && n < 10; n++) {
    schema = api.components.schemas[schema.$ref.split("/").pop()];
  }
  return schema || {};
}

function typeName(schema) {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  const type = [].concat(schema.type || []).join(" | ");
  if (schema.items) return typeName(schema.items) + "[]";
  if (schema.enum) return schema.enum.map((it) => JSON.stringify(it)).join(" | ");
  return schema.format ? type + " (" + schema.format + ")" : type;
}

const BY_FORMAT = { "date-time": "2026-11-23T10:00:00Z", date: "2026-11-23", binary: "…", email: "camille@example.org" };

/** A value that fits a schema. */
function example(schema, depth = 0) {
  const it = resolve(schema);
  if (it.examples && it.examples.length) return it.examples[0];
  if (it.default !== undefined) return it.default;
  if (it.enum) return it.enum[0];
  const type = [].concat(it.type || [])[0];
  if (type === "array") return depth > 4 ? [] : [example(it.items, depth + 1)];
  if (type === "object" || it.properties) {
    const out = {};
    if (depth > 4) return out;
    for (const [name, part] of Object.entries(it.properties || {})) out[name] = example(part, depth + 1);
    return out;
  }
  if (type === "integer" || type === "number") return it.minimum !== undefined ? Math.max(1, it.minimum) : 1;
  if (type === "boolean") return true;
  if (type === "string") return BY_FORMAT[it.format] || "text";
  return null;
}

function table(head, rows) {
  const out = make("table");
  const first = out.createTHead().insertRow();
  for (const text of head) first.append(make("th", text));
  const body = out.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    row.forEach((text, i) => {
      const cell = line.insertCell();
      cell.append(i === 0 ? make("code", text) : text);
    });
  }
  return out;
}

function fields(schema, w) {
  const it = resolve(schema);
  const inner = it.items ? resolve(it.items) : it;
  const must = inner.required || [];
  const rows = Object.entries(inner.properties || {}).map(([name, part]) => [
    name,
    typeName(part),
    [must.includes(name) ? w.required : "", part.description || ""].filter(Boolean).join(". "),
  ]);
  return rows.length ? table([w.name, w.type, w.what], rows) : undefined;
}

function jsonOf(content) {
  return content && (content["application/json"] || content["multipart/form-data"]);
}

function part(into, title, media, w) {
  into.append(make("h3", title));
  if (!media || !media.schema) {
    into.append(make("p", w.none));
    return;
  }
  const list = fields(media.schema, w);
  if (list) into.append(list);
  into.append(make("h3", w.example), make("pre", JSON.stringify(example(media.schema), null, 2)));
}

function who(operation, w) {
  const ways = operation.security || [];
  if (ways.some((it) => it.key)) return w.scope + " " + ((operation.description || "").match(/`([^`]+)`/) || ["", ""])[1];
  return ways.some((it) => it.session) ? w.session : w.open;
}

function inside(method, path, operation) {
  const w = WORDS[language];
  const out = make("div", undefined, "inside");
  out.append(make("p", who(operation, w)));
  const asked = operation.parameters || [];
  if (asked.length) {
    out.append(make("h3", w.parameters));
    const rows = asked.map((p) => [p.name, p.in, typeName(p.schema), [p.required ? w.required : "", p.description || ""].filter(Boolean).join(". ")]);
    out.append(table([w.name, w.where, w.type, w.what], rows));
  }
  const body = operation.requestBody && jsonOf(operation.requestBody.content);
  if (body) part(out, w.body, body, w);
  const status = Object.keys(operation.responses).find((it) => it !== "default");
  const answer = operation.responses[status];
  part(out, w.answer + " " + status, jsonOf(answer && answer.content), w);
  let call = "curl " + (method === "get" ? "" : "-X " + method.toUpperCase() + " ") + location.origin + path + " \\\n  -H 'Authorization: Bearer cpt_…'";
  if (body) call += " \\\n  -H 'Content-Type: application/json' -d '" + JSON.stringify(example(body.schema)) + "'";
  out.append(make("h3", w.call), make("pre", call));
  return out;
}

function entry(method, path, operation) {
  const out = make("details");
  out.id = operation.operationId;
  const head = make("summary");
  head.append(make("span", method.toUpperCase(), "method"), make("code", path), make("span", operation.summary || "", "what"));
  out.append(head);
  // Its inside is drawn when it is opened: there are many.
  out.addEventListener("toggle", () => {
    if (out.open && !out.querySelector(".inside")) out.append(inside(method, path, operation));
  });
  return out;
}

function show() {
  const w = WORDS[language];
  document.documentElement.lang = language;
  byId("language").value = language;
  byId("language-label").textContent = w.language;
  byId("words-label").textContent = w.search;
  byId("version").textContent = api.info.version;
  byId("introduction").replaceChildren(
    ...api.info.description.split(/\n\n+/).map((it) => make("p", it.replace(/[*`]/g, "").replace(/\n/g, " "))),
  );
  byId("introduction").lang = "en";
  const words = byId("words").value.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map();
  let n = 0;
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const text = (method + " " + path + " " + (operation.summary || "") + " " + (operation.description || "")).toLowerCase();
      if (!operation.operationId || !words.every((it) => text.includes(it))) continue;
      const tag = (operation.tags || [""])[0];
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push(entry(method, path, operation));
      n++;
    }
  }
  byId("count").textContent = w.count(n);
  byId("operations").lang = "en";
  byId("operations").replaceChildren(
    ...[...groups].flatMap(([tag, list]) => [make("h2", tag), ...list]),
  );
  const named = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
  if (named && named.tagName === "DETAILS") named.open = true;
}

async function begin() {
  const answer = await fetch("/api/v1/openapi.json");
  if (!answer.ok) throw new Error(String(answer.status));
  api = await answer.json();
  show();
  byId("words").addEventListener("input", show);
  byId("language").addEventListener("change", (event) => {
    language = event.target.value;
    show();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== byId("words")) {
      event.preventDefault();
      byId("words").focus();
    }
  });
}

begin().catch(() => {
  byId("count").textContent = WORDS[language].failed;
});
