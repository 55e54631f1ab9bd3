// node walk.mjs URL DIRECTORY: walks through the Jenkins of "bin/demo jenkins" at URL; pictures go into DIRECTORY.
import { chromium } from "playwright-core";
import { summary } from "./report.mjs";
import { Jenkins } from "./jenkins.mjs";
import * as runs from "./runs.mjs";
import * as deployments from "./deployments.mjs";
import * as forms from "./forms.mjs";

const [url, directory, only] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB", timezoneId: "Europe/Berlin", reducedMotion: "reduce" });
context.setDefaultTimeout(60_000);
context.setDefaultNavigationTimeout(120_000);
const jenkins = new Jenkins(context, url);

/* In this order: each needs what those before it leave. */
const chapters = {
  runs: () => runs.walk(jenkins, directory),
  deployments: () => deployments.walk(jenkins, directory),
  forms: () => forms.walk(jenkins, directory),
  end: () => deployments.end(jenkins, directory),
  sweep: () => deployments.sweep(jenkins, directory),
};
for (const [name, chapter] of Object.entries(chapters)) {
  if (!only || only.split(",").includes(name)) {
    await chapter();
  }
}
await browser.close();
process.exitCode = summary();
