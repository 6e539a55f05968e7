// Names, subjects and drafts made of what breaks other pages: shown as they were
// written, on each screen, and nothing of it is executed.
import { check, story, until } from "./browser.mjs";
import { composer, row, signIn } from "./steps.mjs";

const NAME = '"><img src=x onerror=window.executed=1>';
const SUBJECT = "<script>window.executed=2</script> {{7*7}} ' or 1=1 -- %s%n";
const WORDS = "javascript:window.executed=3 & &lt;b&gt; 👩‍👩‍👧‍👦 Z̷̢̛̮͔a̴l̶g̷o̵ ﷽";
const TYPED =
  "<svg/onload=window.executed=4> {{constructor.constructor('window.executed=5')()}} \\u0000 \u202eאבג";

await story(async (world) => {
  const page = await world.person("veronica");
  page.on("dialog", (it) => it.dismiss().then(() => check(false, `a dialog opens: ${it.message()}`)));
  await signIn(page, world);
  await world.act("write", {
    from: `${JSON.stringify(NAME)} <camille@client.example>`,
    id: "nasty-1@client.example",
    subject: SUBJECT,
    text: `${WORDS}\n\n${NAME}`,
  });
  await row(page, NAME).click();
  await page.getByRole("heading", { name: SUBJECT }).waitFor();
  await page.getByRole("article", { name: NAME }).getByText(WORDS).waitFor();
  const at = page.url();
  await isNamed(page, Number(/\d+$/.exec(at)[0]));
  await isDrafted(page);
  await isFound(page);
  await isEverywhere(page);
  check((await page.evaluate(() => window.executed)) === undefined, "something was executed");
});

/** What a program names so is accepted, and stands beside the conversation. */
async function isNamed(page, conversation) {
  const post = (path, body) =>
    page.evaluate(
      async ([to, content]) => {
        const answer = await fetch(`/api/v1${to}`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(content),
        });
        return `${answer.status} ${await answer.text()}`;
      },
      [path, body],
    );
  const law = { field: "law", op: "is", value: false };
  for (const [path, body] of [
    [`/conversations/${conversation}/tag`, { name: NAME, on: true }],
    [
      `/conversations/${conversation}/notes`,
      {
        key: "nasty-note",
        html: `<p onclick="window.executed=6">Lu<img src=x onerror="window.executed=8"></p>`,
      },
    ],
    [
      "/saved-answers",
      { title: SUBJECT, bodies: { fr: "<p>Bonjour</p><script>window.executed=7</script>" } },
    ],
    ["/saved-answer-folders", { name: NAME }],
    ["/views", { name: "<b>'\"--</b>", base: "owed", filter: law, shared: true }],
    ["/incidents", { name: SUBJECT, words: NAME }],
    ["/settings/teams", { name: NAME, lead: null, members: [], mailboxes: [] }],
  ]) {
    const said = await post(path, body);
    check(/^2/.test(said), `${path}: ${said}`);
  }
  await page.getByText(NAME, { exact: true }).first().waitFor();
}

/** What is typed stands in the draft, and after a reload. */
async function isDrafted(page) {
  const { box, text } = composer(page);
  await text.click();
  await page.keyboard.insertText(TYPED);
  await box.getByText("brouillon enregistré").waitFor();
  await page.reload();
  await until(async () => (await composer(page).text.innerText()).includes(TYPED), "the draft is another");
}

async function isFound(page) {
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  for (const words of [`"${NAME}"`, "a".repeat(1000), "(((((", "from:* -", "Zalgo"]) {
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(words);
    await page.getByRole("dialog").waitFor();
  }
  await page.keyboard.press("Escape");
}

async function isEverywhere(page) {
  for (const [path, words] of [
    ["/owed", NAME],
    ["/owed", SUBJECT],
    ["/owed", "<b>'\"--</b>"],
    ["/saved-answers", SUBJECT],
    ["/saved-answers", NAME],
    ["/incidents", SUBJECT],
    ["/settings/teams", NAME],
  ]) {
    await page.goto(path);
    await page.getByText(words).first().waitFor();
    check((await page.evaluate(() => window.executed)) === undefined, `something was executed on ${path}`);
  }
}
