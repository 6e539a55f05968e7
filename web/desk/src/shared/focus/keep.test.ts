import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type FocusKeeper, keepFocus } from "./keep";

let keeper: FocusKeeper;
let arrival: () => HTMLElement | null;

const at = (id: string) => document.getElementById(id) as HTMLElement;
const focused = () => document.activeElement?.id || document.activeElement?.tagName;

beforeEach(() => {
  arrival = () => null;
  keeper = keepFocus({ arrival: () => arrival(), along: (it) => it.id === "along" });
});
afterEach(() => {
  keeper.stop();
  document.body.replaceChildren();
});

function show(html: string, focus: string) {
  document.body.innerHTML = html;
  at(focus).focus();
}

describe("what had the focus is gone", () => {
  test.each([
    [
      "a row: the one that moved up",
      `<section><h1 id="head">Camille</h1><ul><li id="gone"><a id="it" href="/1">1</a></li><li><a id="next" href="/2">2</a></li></ul></section>`,
      "next",
    ],
    [
      "the last row: the one before",
      `<ul><li><a id="next" href="/1">1</a></li><li id="gone"><a id="it" href="/2">2</a></li></ul>`,
      "next",
    ],
    [
      "a bar over a list: the list's heading",
      `<section><h1 id="head">À répondre</h1><div id="gone"><button id="it">Confier</button></div><button>autre</button></section>`,
      "head",
    ],
    [
      "a part of a conversation: where it is read",
      `<section><h1>Où est mon colis ?</h1><div id="read" data-landing="32" tabindex="0"></div><section><form id="gone"><textarea id="it"></textarea></form><button>Répondre</button></section></section>`,
      "read",
    ],
    [
      "a heading of its own kind is not focused where no eye sees it",
      `<section><h1 class="visually-hidden">Rechercher</h1><button id="first">Affiner</button><div id="gone"><button id="it">Plus</button></div></section>`,
      "first",
    ],
    ["all of it: the page", `<main id="page"><p id="gone"><button id="it">Fait</button></p></main>`, "page"],
  ])("%s", async (_, html, to) => {
    show(html, "it");
    at("gone").remove();
    await vi.waitFor(() => expect(focused()).toBe(to));
  });

  test("a button that can't be pressed any more", async () => {
    show(`<form><h2 id="head">Signature</h2><button id="it">Enregistrer</button></form>`, "it");
    at("it").blur();
    (at("it") as HTMLButtonElement).disabled = true;
    await vi.waitFor(() => expect(focused()).toBe("head"));
  });

  test("a dialog whose opener is still there gives it back", async () => {
    show(`<main><button id="opener">Reporter</button></main>`, "opener");
    document.body.insertAdjacentHTML(
      "beforeend",
      `<div role="dialog" id="gone"><button id="it">dans 2 h</button></div>`,
    );
    at("it").focus();
    at("gone").remove();
    await vi.waitFor(() => expect(focused()).toBe("opener"));
  });

  test("who pressed on empty space is left alone", async () => {
    show(`<main id="page"><button id="it">Fait</button></main>`, "it");
    at("it").blur();
    document.body.append(document.createElement("p"));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    expect(focused()).toBe("BODY");
  });
});

describe("another page comes", () => {
  const press = (key: string) => window.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const come = () => {
    document.body.insertAdjacentHTML(
      "beforeend",
      `<main id="page"><h1 id="head" tabindex="-1">Envois</h1></main>`,
    );
    keeper.arrived();
  };
  beforeEach(() => {
    arrival = () => document.getElementById("head");
  });

  test("the keyboard goes to where it begins, once it is there", async () => {
    show(`<nav><a id="link" href="/outbox">Envois</a></nav>`, "link");
    press("Enter");
    keeper.leaving();
    keeper.arrived();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    expect(focused()).toBe("link");
    come();
    await vi.waitFor(() => expect(focused()).toBe("head"));
  });

  test.each([
    ["a field that takes the focus by itself", "field"],
    ["what moved along with it", "along"],
  ])("but %s keeps it", async (_, id) => {
    show(
      `<nav><a id="link" href="/search">Rechercher</a></nav><input id="field"><a id="along" href="/">32</a>`,
      "link",
    );
    press("j");
    if (id === "along") at(id).focus();
    keeper.leaving();
    if (id === "field") at(id).focus();
    come();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    expect(focused()).toBe(id);
  });

  test("nothing is moved for somebody who has touched nothing yet", async () => {
    document.body.innerHTML = "";
    keeper.leaving();
    come();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    expect(focused()).toBe("BODY");
  });
});
