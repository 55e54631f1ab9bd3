// How pages look, and how they are for keyboards and screen readers: axe-core, sizes, names, pictures.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { check, expect } from "./report.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const dark = readFileSync(new URL("dark.css", import.meta.url), "utf8");

/**
 * What the plugin's own views render. Everything around it (header, breadcrumbs, side panel, footer, the rest of a build's or a job's page)
 * is Jenkins'; so are what JENKINS names within.
 */
export const OWN = [
  ".ec2-docker-run",
  ".ec2-docker-fresh",
  ".ec2-docker-table",
  ".ec2-docker-summary",
  ".ec2-docker-job",
  ".ec2-docker-refused",
  ".ec2-docker-settings",
];

/** Help buttons, titles and the boxes for credentials, which Jenkins' form tags render within the plugin's settings. */
const JENKINS = [".jenkins-help-button", ".advancedLink", ".credentials-select-control", ".help-area"];

const WIDTHS = { 1280: 900, 390: 844 };

/** What fits into a document: the rest of a page is more of the same. */
const HIGHEST = 1600;

/**
 * axe, sizes and pictures of what a page shows now, in light and dark, on a screen and a phone.
 *
 * @param element what the pictures show; else the page on a screen, and on a phone its main panel
 */
export async function looks(page, name, directory, element = null) {
  for (const theme of ["light", "dark"]) {
    const style = theme === "dark" ? await page.addStyleTag({ content: dark }) : null;
    for (const [width, height] of Object.entries(WIDTHS)) {
      await page.setViewportSize({ width: Number(width), height });
      await settled(page);
      await check(`${name}, ${theme}, ${width} wide: axe-core finds nothing in the plugin's markup`, () => accessible(page));
      if (theme === "light") {
        await check(`${name}, ${width} wide: fits, controls are 24 px high and have names`, () => measures(page, Number(width)));
      }
      await picture(page, element ?? (width === "390" ? page.locator("#main-panel") : null), `${directory}/${name}-${theme}-${width}.png`);
    }
    if (style) {
      await style.evaluate((element) => element.remove());
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function picture(page, element, path) {
  await page.evaluate(() => window.scrollTo(0, 0));
  const whole = await (element ?? page.locator("html")).boundingBox();
  await page.screenshot({ path, fullPage: true, clip: { ...whole, height: Math.min(whole.height, HIGHEST) } });
}

/** Colours change by transitions, and a colour in mid-change has no contrast of its own. */
async function settled(page) {
  await page.evaluate(() => Promise.all(document.getAnimations().filter((each) => each.effect?.getTiming().iterations !== Infinity)
    .map((each) => each.finished.catch(() => undefined))));
}

async function accessible(page) {
  if (!(await page.evaluate(() => "axe" in window))) {
    await page.evaluate(axe);
  }
  const violations = await page.evaluate(async ([own, others]) => {
    const present = own.filter((selector) => document.querySelector(selector));
    if (present.length === 0) {
      throw new Error("nothing of the plugin's is on the page");
    }
    const result = await window.axe.run({ include: present.map((selector) => [selector]), exclude: others.map((selector) => [selector]) }, { resultTypes: ["violations"] });
    return result.violations.map((each) => `${each.id} at ${each.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${
      node.any.concat(node.all).map((why) => why.message).slice(0, 1)}`).join("; ")}`);
  }, [OWN, JENKINS]);
  expect(violations.length === 0, () => violations.join("\n"));
}

async function measures(page, width) {
  const faults = await page.evaluate(([own, others, limit]) => {
    const found = [];
    if (document.documentElement.scrollWidth > limit + 1) {
      found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    }
    const visible = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";
    const label = (element) => (element.getAttribute("aria-label") ?? element.innerText ?? "").trim();
    for (const root of document.querySelectorAll(own.join(","))) {
      for (const control of root.querySelectorAll("button, select, summary, a.jenkins-button, input:not([type=hidden])")) {
        const box = control.getBoundingClientRect();
        if (visible(control) && box.height < 24 && control.type !== "checkbox") {
          found.push(`"${label(control)}" is ${box.height} px high`);
        }
      }
      for (const link of root.querySelectorAll(`a[href="#"]:not(${others.join(",")})`)) {
        found.push(`"${label(link)}" is a link that is none`);
      }
      for (const hidden of root.querySelectorAll('[aria-hidden="true"] a, [aria-hidden="true"] button, a[aria-hidden="true"], button[aria-hidden="true"]')) {
        if (hidden.tabIndex >= 0 && visible(hidden)) {
          found.push(`a tab stop is hidden: ${hidden.outerHTML.slice(0, 80)}`);
        }
      }
      for (const button of root.querySelectorAll("button.ec2-docker-action")) {
        if (label(button).split(/\s+/).length < 2) {
          found.push(`button "${label(button)}" does not name its object`);
        }
      }
      for (const table of root.querySelectorAll("table")) {
        if (!table.caption && !table.ariaLabel) {
          found.push("a table has no name");
        }
      }
      found.push(...brokenWords(root));
    }
    return found;

    /* Words of letters alone that stand on two lines: each letter's place tells. */
    function brokenWords(root) {
      const broken = [];
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.parentElement || !visible(node.parentElement) || node.parentElement.closest(".ec2-docker-log, pre, code, .jenkins-visually-hidden, thead, select")) {
          continue;
        }
        for (const match of node.data.matchAll(/(?<![\w./:@_-])\p{L}{2,24}(?![\w./:@_-])/gu)) {
          const range = document.createRange();
          range.setStart(node, match.index);
          range.setEnd(node, match.index + match[0].length);
          if (new Set([...range.getClientRects()].filter((box) => box.width > 0).map((box) => Math.round(box.top))).size > 1) {
            broken.push(`"${match[0]}" is broken`);
          }
        }
      }
      return broken;
    }
  }, [OWN, JENKINS, width]);
  expect(faults.length === 0, () => [...new Set(faults)].join("\n"));
}
