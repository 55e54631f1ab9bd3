// Forms: the settings of administrators and those of the steps.
import { check, expect } from "./report.mjs";
import { SOON, panel, until } from "./jenkins.mjs";
import { looks } from "./looks.mjs";

export async function walk(jenkins, directory) {
  await settings(jenkins, directory);
  await steps(jenkins, directory);
}

function message(field) {
  return field.locator("xpath=ancestor::*[contains(concat(' ', @class, ' '), ' jenkins-form-item ')][1]").locator(".validation-error-area .error");
}

async function settings(jenkins, directory) {
  const page = await jenkins.open("manage/");
  await panel(page).getByRole("link", { name: /^System Configure/ }).click();
  await page.waitForURL("**/manage/configure");
  const field = (name) => page.locator(`[name='_.${name}']`);
  await check("Settings: nothing is red before something is typed", async () => {
    await page.waitForLoadState("networkidle");
    await field("roleArns").scrollIntoViewIfNeeded();
    expect((await page.locator(".ec2-docker-settings .error:visible").count()) === 0, "something is");
  });
  await looks(page, "system-configuration", directory, page.locator(".ec2-docker-settings").first());
  await check("A near miss, arn:foo, is caught at its field as soon as it is left", async () => {
    await field("roleArns").fill("arn:foo");
    await field("roleArns").press("Tab");
    await message(field("roleArns")).waitFor({ timeout: SOON });
    expect(/Line 1 "arn:foo"/.test(await message(field("roleArns")).innerText()), await message(field("roleArns")).innerText());
  });
  for (const button of ["Save", "Apply"]) {
    await check(`${button} with wrong values stays in the form, with a message at each field, and loses nothing`, async () => {
      await field("defaultRegion").fill("eu-west-1");
      await field("mailRecipients").fill("ops@example.com\nnobody");
      await field("maxRetries").evaluate((element) => {
        element.value = "101";
      });
      await page.getByRole("button", { name: button, exact: true }).click();
      await message(field("mailRecipients")).waitFor({ timeout: SOON });
      await message(field("maxRetries")).waitFor({ timeout: SOON });
      expect(page.url().endsWith("/manage/configure"), `the page is ${page.url()}`);
      expect((await field("defaultRegion").inputValue()) === "eu-west-1", "what was typed is lost");
      await page.getByText(/Nothing was saved\. Correct the fields that are marked/).waitFor({ timeout: SOON });
      expect(await field("roleArns").evaluate((element) => element === document.activeElement), "the first wrong field has no focus");
      if (button === "Save") {
        await page.screenshot({ path: `${directory}/system-configuration-error.png` });
      }
    });
  }
  await check("Corrected, the settings are saved", async () => {
    await field("roleArns").fill("");
    await field("mailRecipients").fill("ops@example.com");
    await field("maxRetries").fill("25");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.waitForURL((url) => !url.pathname.endsWith("/configure"));
    await page.goto(`${jenkins.url}manage/configure`);
    expect((await field("defaultRegion").inputValue()) === "eu-west-1", "they are not");
    await field("defaultRegion").fill("eu-central-1");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.waitForURL((url) => !url.pathname.endsWith("/configure"));
  });
  await page.close();
}

async function steps(jenkins, directory) {
  const page = await jenkins.open("job/pipeline/pipeline-syntax/");
  const suggestions = page.locator(".jenkins-dropdown:visible .jenkins-dropdown__item");
  for (const step of ["destroyEc2Docker", "rollbackEc2Docker"]) {
    await check(`${step}: the deployments that exist open by a click`, async () => {
      await page.locator("select.dropdownList").first().selectOption({ label: await label(page, step) });
      const field = page.locator("[name='_.deployment']:visible");
      await field.waitFor({ timeout: SOON });
      await field.click();
      await suggestions.filter({ hasText: "pipeline" }).first().click({ timeout: SOON });
      expect((await field.inputValue()) === "pipeline", "the choice is not taken");
    });
    await check(`${step}: they open by ↓ as well, and Escape closes them`, async () => {
      const field = page.locator("[name='_.deployment']:visible");
      await field.fill("");
      await field.press("Escape");
      await until(SOON, "they are closed", async () => (await suggestions.count()) === 0);
      await field.press("ArrowDown");
      await until(SOON, "they are open", async () => (await suggestions.count()) > 0);
      await until(SOON, "one is selected", async () => {
        const selected = await page.locator(".jenkins-dropdown:visible .jenkins-dropdown__item--selected").count();
        return selected > 0 || (await field.press("ArrowDown"));
      });
      await field.press("Enter");
      expect((await field.inputValue()) === "pipeline", `the choice is "${await field.inputValue()}"`);
    });
  }
  await check("rollbackEc2Docker: the good runs of the deployment are suggested", async () => {
    const field = page.locator("[name='_.to']:visible");
    await page.waitForLoadState("networkidle");
    await field.click();
    await suggestions.filter({ hasText: /\d{8}-\d{6}-/ }).first().waitFor({ timeout: SOON });
  });
  await page.screenshot({ path: `${directory}/form-steps-light-1280.png` });
  await page.close();
}

async function label(page, step) {
  const labels = await page.locator("select.dropdownList").first().locator("option").allInnerTexts();
  return labels.find((each) => each.startsWith(step));
}
