// The Jenkins that is walked through: its pages, as somebody finds them by clicks.
import { expect } from "./report.mjs";

/** A provision against the AWS of the demo takes some 20 s, and a machine may be busy. */
export const RUN = 180_000;
/** What a page shows without waiting for a run; only a busy machine needs more than a second. */
export const SOON = 20_000;

export class Jenkins {
  constructor(context, url) {
    this.context = context;
    this.url = url.replace(/\/*$/, "/");
  }

  async open(path = "") {
    const page = await this.context.newPage();
    await page.goto(this.url + path);
    return page;
  }

  /** Clicks from the dashboard to a job's page. */
  async job(name) {
    const page = await this.open();
    await page.locator("#main-panel").getByRole("link", { name, exact: true }).first().click();
    await page.waitForURL(`**/job/${name}/`);
    return page;
  }

  /** Clicks from the dashboard to the list of all deployments, which is in the header's menu. */
  async deployments() {
    const page = await this.open();
    await page.getByRole("button", { name: "More actions" }).or(page.locator("#header-more-actions")).first().click();
    await page.getByText("EC2 deployments").click();
    await page.waitForURL("**/ec2-docker/");
    return page;
  }

  /** Builds a job by its button, with parameters where there are any. Gives the page of the new build. */
  async build(name, parameters = {}) {
    const page = await this.job(name);
    const number = (await this.json(`job/${name}/api/json?tree=nextBuildNumber`)).nextBuildNumber;
    if (Object.keys(parameters).length === 0) {
      await page.getByRole("link", { name: "Build Now" }).click();
    } else {
      await page.getByRole("link", { name: "Build with Parameters" }).click();
      for (const [parameter, value] of Object.entries(parameters)) {
        const row = page.locator(`[name=parameter]:has(> input[name=name][value="${parameter}"])`);
        await row.locator("[name=value]").fill(value);
      }
      await page.getByRole("button", { name: "Build", exact: true }).click();
    }
    const path = `job/${name}/${number}/`;
    await until(RUN, `build ${number} of ${name} begins`, async () => (await this.context.request.get(`${this.url}${path}api/json`)).ok());
    await page.goto(this.url + path);
    return page;
  }

  async json(path) {
    const answer = await this.context.request.get(this.url + path);
    expect(answer.ok(), `${path} answers ${answer.status()}`);
    return answer.json();
  }

  /** How a build ended, when it has: SUCCESS, FAILURE or ABORTED. */
  async result(path) {
    let result = null;
    await until(RUN, `${path} ends`, async () => (result = (await this.json(`${path}api/json?tree=result,building`)).result) !== null);
    return result;
  }
}

/** Asks again until it is true. */
export async function until(millis, what, condition) {
  const end = Date.now() + millis;
  while (!(await condition())) {
    expect(Date.now() < end, `not within ${millis / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** Marks the document, so that a reload would be noticed. */
export async function mark(page) {
  await page.evaluate(() => {
    window.walkedHere = true;
  });
}

export async function notReloaded(page) {
  expect(await page.evaluate(() => window.walkedHere === true), "the page was loaded again");
}

/** The panel that the plugin's pages are in. */
export function panel(page) {
  return page.locator("#main-panel");
}

export async function sees(page, text, millis = SOON) {
  await panel(page).getByText(text).first().waitFor({ state: "visible", timeout: millis });
}

export async function seesNot(page, text) {
  expect((await panel(page).getByText(text).count()) === 0, `"${text}" is still on the page`);
}

/** The dialog that an action asks by; gives its text. */
export async function dialogText(page) {
  const dialog = page.locator("dialog[open]");
  await dialog.waitFor({ timeout: SOON });
  return dialog.innerText();
}

/** Presses a button of ours and confirms. */
export async function confirm(page, button) {
  await button.click();
  const text = await dialogText(page);
  await page.locator("dialog[open] [data-id=ok]").click();
  return text;
}

/** Of a page in Jenkins, below its address: as in job/web/4/. */
export function path(page) {
  return new URL(page.url()).pathname.replace(/^.*?\/(?=job\/)/, "");
}
