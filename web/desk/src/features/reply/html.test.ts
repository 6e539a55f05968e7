import { expect, test } from "vitest";
import { toHtml } from "./html";

test.each([
  ["Vu avec l'atelier", "<p>Vu avec l'atelier</p>"],
  ["un\ndeux\n\n\ntrois", "<p>un<br>deux</p><p>trois</p>"],
  ['<img src=x onerror="alert(1)"> & co', "<p>&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; co</p>"],
])("%j", (text, html) => {
  expect(toHtml(text)).toBe(html);
});
