// Builds and their runs: from a click on Build to what serves, was replaced, is rejected or aborted.
import { check, expect } from "./report.mjs";
import { RUN, SOON, mark, notReloaded, panel, path, sees, until } from "./jenkins.mjs";
import { looks } from "./looks.mjs";

const JOB = "freestyle";
const NAME = "shop";

export async function walk(jenkins, directory) {
  const page = await provisioned(jenkins, directory);
  if (page) {
    await watched(page, directory);
    await finished(page, directory);
    await updated(jenkins, page);
  }
  await rejected(jenkins, directory);
  await aborted(jenkins, directory);
  await check("Another build of the Pipeline provisions, and its console ends with address, expiry and run page", async () => {
    const again = await jenkins.build("pipeline");
    expect((await jenkins.result(path(again))) === "SUCCESS", "the build failed");
    await again.goto(`${again.url()}console`);
    const console = await panel(again).innerText();
    expect(/Address: http/.test(console) && /Expires: \d{4}/.test(console) && /Run page: http/.test(console), "one of them is missing");
    await again.close();
  });
}

/** Gives the page of the run of the job's next build, which is under way; null if it cannot be had. */
async function provisioned(jenkins, directory) {
  let page = null;
  await check("Build with Parameters begins a run, which the build's page shows", async () => {
    page = await begun(jenkins, "nginx:1.27");
  });
  return page;
}

async function begun(jenkins, image) {
  const page = await jenkins.build(JOB, { NAME, IMAGE: image });
  const link = panel(page).getByRole("link", { name: `Provision ${NAME}: ` });
  await until(RUN, "the build's page shows the run", async () => (await link.count()) > 0 || !(await page.reload()));
  await link.click();
  await page.waitForURL("**/ec2-docker/");
  return page;
}

async function watched(page, directory) {
  await mark(page);
  await check("The run's page shows that it is in progress, and its stages", async () => {
    await sees(page, "In progress");
    await sees(page, "Initialise");
  });
  await check("Resources appear while Terraform works, without a reload", async () => {
    await sees(page, /[1-9]\d* of \d+ done/, RUN);
    await notReloaded(page);
  });
  await looks(page, "page-progress", directory);
  await check("Lines of the log are added, without a reload", async () => {
    const lines = page.locator(".ec2-docker-log__line");
    const before = await lines.count();
    await until(RUN, "another line", async () => (await lines.count()) > before);
    await notReloaded(page);
  });
  await check("The page becomes that of a finished run, without a reload", async () => {
    await sees(page, /Succeeded/, RUN);
    await notReloaded(page);
  });
}

async function finished(page, directory) {
  await check("The finished page offers its address", async () => {
    const open = panel(page).getByRole("link", { name: `Open ${NAME}` });
    await open.waitFor({ timeout: SOON });
    expect(/^https?:\/\/\d/.test(await open.getAttribute("href")), "Open leads to no address");
  });
  await check("Its expiry has the exact time in the reader's zone as a tooltip", async () => {
    const title = await panel(page).locator("dt:text-is('Expires') + dd time").getAttribute("title");
    expect(/\d{4}.*\d{1,2}:\d{2}:\d{2}.*(CET|CEST|GMT\+[12])/.test(title), `the tooltip is "${title}"`);
  });
  await looks(page, "page-finished", directory);
  await check("Breadcrumbs lead from the run to its build and its job", async () => {
    const crumbs = page.locator(".jenkins-breadcrumbs__list-item, #breadcrumbs > li");
    await crumbs.getByRole("link", { name: /^#\d+/ }).click();
    await page.waitForURL(/\/job\/[^/]+\/\d+\/$/);
    await page.goBack();
    await crumbs.getByRole("link", { name: JOB, exact: true }).click();
    await page.waitForURL(`**/job/${JOB}/`);
    await page.goBack();
  });
  await check("The run leads to its deployment, the deployment's row back to the run, breadcrumbs to the lists", async () => {
    const run = page.url();
    await panel(page).getByRole("link", { name: NAME, exact: true }).click();
    await page.waitForURL(`**/ec2-docker/deployment/${NAME}/`);
    await panel(page).getByRole("link", { name: /^\d{8}-\d{6}-/ }).first().click();
    await page.waitForURL(run);
    await page.goBack();
    await page.locator(".jenkins-breadcrumbs__list-item, #breadcrumbs > li").getByRole("link", { name: "Deployments" }).click();
    await page.waitForURL(`**/job/${JOB}/ec2-docker/`);
    await page.goto(run);
  });
  await check("The build's page has the run's address and expiry", async () => {
    await page.goto(new URL("..", page.url()).href);
    await page.locator(".ec2-docker-summary a[href^='http']").first().waitFor({ timeout: SOON });
    await sees(page, /expires in/);
  });
  await looks(page, "page-build", directory);
}

/** @param former a tab that has the page of the build before */
async function updated(jenkins, former) {
  let page = null;
  await check("A build with another image updates: its outputs say whose they are meanwhile", async () => {
    page = await begun(jenkins, "nginx:1.26");
    await sees(page, /Of instance i-[0-9a-f]+, which serves while this run works/, RUN);
    await sees(page, /The instance that served before is destroyed as soon as the new one is verified/, RUN);
    await sees(page, /Succeeded/, RUN);
  });
  const build = page ? path(page).match(/\/(\d+)\/ec2-docker/)[1] : "?";
  await check(`The build before says "Replaced by ${JOB} #${build}" and offers no address, nor does its run`, async () => {
    await former.reload();
    const replaced = { name: `Replaced by ${JOB} #${build}` };
    await panel(former).getByRole("link", replaced).waitFor({ timeout: SOON });
    expect((await former.locator(".ec2-docker-summary a[href*='://']:not([href*='/job/'])").count()) === 0, "the build's page offers an address");
    await panel(former).getByRole("link", { name: `Provision ${NAME}: ` }).click();
    await panel(former).getByRole("link", replaced).waitFor({ timeout: SOON });
    expect((await panel(former).getByRole("link", { name: /^Open / }).count()) === 0, "Open is still offered");
    expect((await former.locator(".ec2-docker-outputs a").count()) === 0, "an output is still a link");
    await sees(former, /What they name has been replaced since/);
  });
  await former.close();
  await page?.close();
}

async function rejected(jenkins, directory) {
  let page = null;
  await check("A build that guardrails reject lists the problems on its page", async () => {
    page = await jenkins.build(JOB, { NAME: "forbidden", IMAGE: "docker.io/evil/miner:1" });
    expect((await jenkins.result(path(page))) === "FAILURE", "the build did not fail");
    await page.reload();
    await page.locator(".ec2-docker-summary").getByText(/evil\/miner:1/).first().waitFor({ timeout: SOON });
  });
  if (page) {
    await looks(page, "page-rejected", directory);
    await page.close();
  }
}

/** In mid-apply, by the button of Jenkins itself. */
async function aborted(jenkins, directory) {
  const page = await jenkins.build("pipeline");
  await check("Aborting a build: its run's page says \"Stopping: cleaning up\" and then how it ended, without a reload", async () => {
    const run = await jenkins.context.newPage();
    await until(RUN, "the run's page", async () => (await run.goto(`${page.url()}ec2-docker/`)).ok());
    await sees(run, /[1-9]\d* of \d+ done/, RUN);
    await mark(run);
    await page.reload();
    await panel(page).getByRole("button", { name: /Cancel|Abort/ }).or(panel(page).getByRole("link", { name: /Cancel|Abort/ })).first().click();
    await page.locator("dialog[open] [data-id=ok]").click({ timeout: SOON });
    await sees(run, "Stopping: cleaning up", RUN);
    await run.screenshot({ path: `${directory}/page-stopping-light-1280.png` });
    await sees(run, "Interrupted", RUN);
    await notReloaded(run);
    await looks(run, "page-interrupted", directory);
    await run.close();
  });
  await page.close();
}
