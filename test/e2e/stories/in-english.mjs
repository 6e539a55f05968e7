// Véronica works in English, Rachel writes in English.
import { check, story } from "./browser.mjs";
import { composer, list, row, signIn } from "./steps.mjs";

const en = "en";

await story(async (world) => {
  const page = await world.person("veronica");
  await signIn(page, { password: world.password, language: en });
  await page.getByText("You are up to date").waitFor();
  check(
    (await page.locator("html").getAttribute("lang")) === en,
    "the page does not say that it is in English",
  );

  await world.act("write", {
    from: "Rachel Green-Taylor <rachel@client.example>",
    id: "necklace-1@client.example",
    subject: "Birthday gift, is it too late?",
    text: "Hello,\n\nI would like the Ondine necklace in Bristol by Thursday. Is it still possible?\n\nThank you,\nRachel",
  });
  const question = row(page, "Rachel Green-Taylor", en);
  await question.click();
  const clock = await question.locator("time").textContent();
  check(/^(by|tomorrow|in) \S/.test(clock), `Rachel's clock says "${clock}"`);
  await page.getByText("automatic acknowledgement").waitFor();

  const { text, send } = composer(page, en);
  await text.fill("Dear Rachel,\nYes: it leaves tonight and reaches Bristol on Wednesday 25 November.");
  await send.click();
  await page
    .getByText(/Sent in \d+\ss/)
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Answer the next one" }).click();
  await list(page, en).getByText("You are up to date").waitFor();
  await page.getByRole("link", { name: "Outbox" }).click();
  const answer = page.getByRole("listitem").filter({ hasText: "to rachel@client.example" });
  await answer.getByText("Received by their server").nth(1).waitFor();
});
