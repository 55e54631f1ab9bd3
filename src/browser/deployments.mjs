// A deployment between builds: rolled back, extended, checked, stopped, and at last destroyed. Needs what runs.mjs leaves.
import { tagInstances } from "./aws.mjs";
import { check, expect } from "./report.mjs";
import { RUN, SOON, confirm, dialogText, mark, notReloaded, panel, sees, until } from "./jenkins.mjs";
import { looks } from "./looks.mjs";

const JOB = "freestyle";
const NAME = "shop";
const PAGE = `job/${JOB}/ec2-docker/deployment/${NAME}/`;

export async function walk(jenkins, directory) {
  const page = await reached(jenkins);
  await rolledBack(page);
  await extended(jenkins, page);
  await drifted(jenkins, page, directory);
  await stopped(page);
  await page.close();
}

async function reached(jenkins) {
  const page = await jenkins.job(JOB);
  await check("The job's page leads to the deployment's", async () => {
    await panel(page).getByRole("link", { name: NAME, exact: true }).click();
    await page.waitForURL(`**/${PAGE}`);
  });
  await page.goto(jenkins.url + PAGE);
  return page;
}

/** The rows of its runs, the latest first. */
function runs(page) {
  return page.getByRole("table", { name: "Runs" }).locator("tbody").getByRole("row");
}

async function rolledBack(page) {
  await check("Roll back in a run's row says which images the deployment gets, and which it has", async () => {
    const row = runs(page).filter({ hasText: "nginx:1.27" }).first();
    await row.getByRole("button", { name: `Roll back ${NAME} to run ` }).click();
    const asked = await dialogText(page);
    expect(/with images nginx:1\.27\. Now it has nginx:1\.26\./.test(asked), `it says "${asked}"`);
    await page.locator("dialog[open] [data-id=ok]").click();
  });
  await check("The rollback is on the same page at once, and its success follows without a reload", async () => {
    await sees(page, /Rollback to run .* waits in the queue|In progress/);
    expect(page.url().endsWith(PAGE), `the page is ${page.url()}`);
    await mark(page);
    await runs(page).first().getByText("Roll back (serves)").waitFor({ timeout: RUN });
    await runs(page).first().getByText("Succeeded").waitFor({ timeout: RUN });
    await notReloaded(page);
  });
}

async function extended(jenkins, page) {
  await check("Extend stays on its page, and all pages show the new expiry", async () => {
    const expiry = () => page.locator("[data-part=facts] time[datetime]").last().getAttribute("datetime");
    const before = await expiry();
    await page.getByRole("combobox", { name: `How much longer ${NAME} may live` }).selectOption("4h");
    await page.getByRole("button", { name: `Extend ${NAME}` }).click();
    await until(SOON, "the expiry is later", async () => Date.parse(await expiry()) - Date.parse(before) === 4 * 3600_000);
    expect(page.url().endsWith(PAGE), `the page is ${page.url()}`);
    const later = await expiry();
    const other = await jenkins.open(PAGE);
    await other.getByRole("table", { name: "Runs" }).getByRole("link", { name: /^\d{8}-\d{6}-/ }).first().click();
    await other.waitForURL(/\/ec2-docker(-\d+)?\/$/);
    expect((await other.locator("dt:text-is('Expires') + dd time").getAttribute("datetime")) === later, "the run's page shows another");
    await other.goto(`${jenkins.url}job/${JOB}/`);
    expect((await other.locator("#main-panel tbody time[datetime]").last().getAttribute("datetime")) === later, "the job's page shows another");
    await other.close();
  });
}

async function drifted(jenkins, page, directory) {
  const settings = await jenkins.open("manage/configure");
  const endpoint = await settings.locator("[name='_.awsEndpoint']").inputValue();
  await settings.close();
  await check("Check now finds that somebody changed AWS: Drifted, without a reload", async () => {
    expect((await tagInstances(endpoint, "eu-central-1", NAME, "owner", "somebody-else")).length > 0, "no instance was found to change");
    await confirm(page, page.getByRole("button", { name: `Check now whether ${NAME} drifted` }));
    await sees(page, /A check was asked for/);
    await mark(page);
    await page.locator("[data-part=facts]").getByText("Drifted").waitFor({ timeout: RUN });
    await page.getByRole("table", { name: "Drift" }).getByText(/tags/).first().waitFor({ timeout: SOON });
    await notReloaded(page);
  });
  await looks(page, "page-deployment", directory);
  await check("Lists show Drifted as well", async () => {
    const list = await jenkins.job(JOB);
    await list.getByRole("table", { name: "Deployments" }).getByText("Drifted").waitFor({ timeout: SOON });
    await looks(list, "page-job", directory);
    await list.close();
    const all = await jenkins.deployments();
    await all.getByRole("table", { name: "Deployments" }).getByText("Drifted").waitFor({ timeout: SOON });
    await looks(all, "page-all", directory);
    await all.close();
  });
  await check("Apply again brings back what was applied, and the page no longer says Drifted, without a reload", async () => {
    await confirm(page, page.getByRole("button", { name: `Apply again what ${NAME} was given last` }));
    await sees(page, /waits in the queue|In progress/);
    await mark(page);
    await runs(page).first().getByText("Apply again (serves)").waitFor({ timeout: RUN });
    await page.locator("[data-part=facts]").getByText("Live").waitFor({ timeout: RUN });
    await notReloaded(page);
  });
}

async function stopped(page) {
  await check("Stop ends a run that no build waits for: \"Stopping\", then Interrupted, without a reload; what served serves", async () => {
    const other = runs(page).filter({ hasText: "nginx:1.26" }).getByRole("button", { name: `Roll back ${NAME} to run ` }).first();
    await confirm(page, other);
    const stop = page.getByRole("button", { name: /^Stop run / });
    await stop.waitFor({ timeout: RUN });
    await mark(page);
    const asked = await confirm(page, stop);
    expect(/Terraform is asked to stop once/.test(asked), `it says "${asked}"`);
    await runs(page).first().getByText(/Stopping|Interrupted/).waitFor({ timeout: RUN });
    await mark(page);
    await runs(page).first().getByText("Interrupted", { exact: true }).waitFor({ timeout: RUN });
    await page.locator("[data-part=facts] a[href^='http']:not([href*='/job/'])").waitFor({ timeout: SOON });
    await page.locator("[data-part=facts]").getByText("Live").waitFor({ timeout: SOON });
    await notReloaded(page);
  });
}

/** All that is left, by keys alone; and what pages say of it afterwards. */
export async function end(jenkins, directory) {
  const stale = await jenkins.open(PAGE);
  const page = await jenkins.open(PAGE);
  await check("Destroy is reached by Tab, pressed by Space, and confirmed by Enter", async () => {
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((name) => document.activeElement.ariaLabel === name, `Destroy ${NAME}`)) {
        break;
      }
    }
    await page.keyboard.press("Space");
    expect(/Destroy shop\?/.test(await dialogText(page)), "no dialog asks");
    await page.setViewportSize({ width: 390, height: 844 });
    const box = await page.locator("dialog[open]").boundingBox();
    expect(box.x >= 0 && box.x + box.width <= 390, `on a phone the dialog reaches from ${box.x} to ${box.x + box.width} px`);
    await page.screenshot({ path: `${directory}/page-dialog-light-390.png` });
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.keyboard.press("Enter");
  });
  await check("\"Destruction\" is on the page at once, and \"Destroyed\" follows without a reload", async () => {
    await sees(page, /Destruction waits in the queue|Destruction queued|In progress/);
    await mark(page);
    await page.locator("[data-part=facts]").getByText("Destroyed").waitFor({ timeout: RUN });
    await notReloaded(page);
    await looks(page, "page-destroyed", directory);
  });
  await check("What cannot be done any more says so on the same page", async () => {
    await confirm(stale, stale.getByRole("button", { name: `Destroy ${NAME}` }));
    await stale.getByRole("alert").getByText(`Deployment "${NAME}" has nothing in AWS that could be destroyed.`).waitFor({ timeout: SOON });
    await stale.getByRole("heading", { name: "Runs" }).waitFor({ timeout: SOON });
    await looks(stale, "page-refused", directory);
  });
  await check("No build's page offers an address of what is destroyed", async () => {
    await page.goto(`${jenkins.url}job/${JOB}/`);
    const count = (await jenkins.json(`job/${JOB}/api/json?tree=builds[number]`)).builds.length;
    for (let number = 1; number <= count; number++) {
      await page.goto(`${jenkins.url}job/${JOB}/${number}/`);
      expect((await page.locator(".ec2-docker-summary a[href*='://']:not([href*='/job/'])").count()) === 0, `#${number} does`);
    }
    await page.goto(`${jenkins.url}job/${JOB}/1/`);
    await page.locator(".ec2-docker-summary").getByText("Destroyed", { exact: true }).first().waitFor({ timeout: SOON });
  });
  await stale.close();
  await page.close();
}

/** What is left over in AWS; here, nothing or what the moto of the demo makes of itself. */
export async function sweep(jenkins, directory) {
  const page = await jenkins.deployments();
  await check("Left over in AWS: Look says that it looks, and what it found, without a reload", async () => {
    await panel(page).getByRole("link", { name: "Left over in AWS" }).click();
    await confirm(page, page.getByRole("button", { name: "Look for what is left over in AWS" }));
    await sees(page, /A sweep was begun|The sweep /);
    await mark(page);
    await sees(page, /The sweep .* found/, RUN);
    await notReloaded(page);
  });
  await looks(page, "page-sweep", directory);
  await page.close();
}
