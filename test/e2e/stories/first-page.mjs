// A first visit: what is fetched until the list is painted is small, compressed and kept for
// ever; nothing on the main screens comes from anywhere else.
import { check, story } from "./browser.mjs";
import { composer, exploreDemo, list } from "./steps.mjs";

const MOST = 200_000; // bytes of JavaScript as they pass the wire, docs/ARCHITECTURE.md
// The worker keeps all files by itself: without it, the browser's own cache is what is looked at.
const ALONE = { serviceWorkers: "block" };

await story(async (world) => {
  const owner = await world.person("veronica", ALONE);
  await exploreDemo(owner);
  const session = await owner.context().storageState();

  const visitor = await world.person("visitor", { ...ALONE, storageState: session });
  await isSmall(visitor, "/owed", '[data-conversation] [class*="row"]', "the list");
  await opensWithoutFetching(visitor);
  await comesFromTheCache(visitor);

  const stranger = await world.person("stranger", ALONE);
  await isSmall(stranger, "/sign-in", 'input[type="password"]', "the sign-in page");

  await staysAtHome(visitor, world);
});

/** In the page: the time at which the first frame with something stood on the screen. */
function notePainting(selector) {
  performance.setResourceTimingBufferSize(2000);
  const watch = new MutationObserver(() => {
    if (!document.querySelector(selector)) return;
    watch.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        window.paintedAt = performance.now();
      };
      port2.postMessage(0);
    });
  });
  watch.observe(document, { subtree: true, childList: true });
}

function assets(page) {
  return page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ name }) => new URL(name).pathname.startsWith("/assets/"))
      .map((it) => ({
        path: new URL(it.name).pathname,
        at: it.startTime,
        size: it.encodedBodySize,
        wire: it.transferSize,
      })),
  );
}

async function isSmall(page, path, selector, words) {
  await page.addInitScript(notePainting, selector);
  const answers = [];
  page.on("response", (it) => answers.push(it));
  await page.goto(path);
  await page.waitForFunction(() => window.paintedAt !== undefined);
  const painted = await page.evaluate(() => window.paintedAt);
  await fetchedAhead(page);
  const all = await assets(page);
  const code = all.filter((it) => it.path.endsWith(".js"));
  const before = code.filter(({ at }) => at < painted);
  const bytes = before.reduce((sum, { size }) => sum + size, 0);
  const told = before.map((it) => `${it.size} ${it.path}`).join("\n");
  check(bytes > 50_000, `${words}: only ${bytes} bytes of JavaScript were seen:\n${told}`);
  check(bytes <= MOST, `${words}: ${bytes} bytes of JavaScript before it was painted:\n${told}`);
  const ahead = code.filter(({ at }) => at >= painted).reduce((sum, { size }) => sum + size, 0);
  console.log(`${words}: ${bytes} bytes of JavaScript in ${before.length} files, ${ahead} more when idle`);
  await areKeptForEver(answers, words);
}

async function areKeptForEver(answers, words) {
  let seen = 0;
  for (const answer of answers) {
    const { pathname } = new URL(answer.url());
    if (!pathname.startsWith("/assets/")) continue;
    seen++;
    const headers = await answer.allHeaders();
    check(/-[\w-]{8}\.(js|css|woff2)$/.test(pathname), `${words}: ${pathname} has no hash in its name`);
    check(
      /max-age=31536000/.test(headers["cache-control"]) && /immutable/.test(headers["cache-control"]),
      `${words}: ${pathname} is kept as ${headers["cache-control"]}`,
    );
    const packed = pathname.endsWith(".woff2") || headers["content-encoding"] === "gzip";
    check(packed, `${words}: ${pathname} is not compressed`);
  }
  check(seen > 4, `${words}: only ${seen} files were seen`);
}

/** Nothing has come for a while that is longer than the desk waits for the browser to be idle. */
async function fetchedAhead(page) {
  await page.waitForFunction(() => {
    const files = performance.getEntriesByType("resource").filter((it) => it.name.includes("/assets/"));
    return performance.now() - Math.max(0, ...files.map((it) => it.responseEnd)) > 4000;
  });
}

/** What a click needs came while the browser was idle. */
async function opensWithoutFetching(page) {
  const before = new Set((await assets(page)).map(({ path }) => path));
  check(
    [...before].some((it) => /ConversationPage/.test(it)),
    "the conversation is not fetched ahead",
  );
  await list(page).getByRole("link").first().click();
  await composer(page).text.waitFor();
  const late = (await assets(page)).filter(({ path }) => path.endsWith(".js") && !before.has(path));
  check(late.length === 0, `fetched at the click: ${late.map(({ path }) => path)}`);
}

async function comesFromTheCache(page) {
  await page.goto("/owed");
  await list(page).getByRole("link").first().waitFor();
  const again = (await assets(page)).filter(({ wire }) => wire > 0);
  check(again.length === 0, `fetched again: ${again.map(({ path }) => path)}`);
}

async function staysAtHome(page, world) {
  const home = new URL(world.base).origin;
  const out = [];
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && origin !== home && origin !== home.replace("http", "ws")) {
      out.push(request.url());
    }
  });
  await page.goto("/owed");
  await list(page).getByRole("link").first().click();
  await composer(page).text.waitFor();
  await page.goto("/settings/account");
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.goto("/search?q=colis");
  await page.locator("main").getByRole("link").first().waitFor();
  await page.goto("/report");
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForLoadState("networkidle");
  check(out.length === 0, `asked of somebody else: ${out}`);
}
