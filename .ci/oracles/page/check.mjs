// Opens the pages of `netkeep report` in Chromium: nothing may be loaded, nothing may run, nothing may be wider than the window, and
// axe-core, which checks the rules of WCAG 2.2, may find nothing serious.
//
// check.mjs NETKEEP MODULES BOOKS [PICTURES]. Every check has a control: the same check on something broken, which it must catch.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { hostile, network } from "./network.mjs";

const [netkeep, modules, books, pictures] = process.argv.slice(2);
const required = createRequire(join(modules, "package.json"));
const { default: puppeteer } = await import(required.resolve("puppeteer-core"));
const axe = readFileSync(required.resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "netkeep-page-"));
const TODAY = "2026-11-26";
const LARGEST = 1_000_000;
const failures = [];

function report(title, wrong) {
  console.log(wrong.length ? "FAIL  " : "ok    ", title, ...wrong.map((problem) => `\n        ${problem}`));
  if (wrong.length) failures.push(title);
}

function written(book, ...args) {
  const file = join(folder, "report.html");
  const env = { PATH: process.env.PATH, HOME: folder, NETKEEP_TODAY: TODAY };
  execFileSync(netkeep, ["--file", book, "report", "-o", file, ...args], { env, stdio: ["ignore", "ignore", "inherit"] });
  return file;
}

// What is wrong with a page in this window.
async function problems(browser, file, { width, scheme, media }, { picture, skipsAxe }) {
  const page = await browser.newPage();
  const wrong = [];
  page.on("request", (request) => {
    if (request.url() !== `file://${file}`) wrong.push(`requests ${request.url()}`);
  });
  page.on("dialog", (dialog) => {
    wrong.push(`opens a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("pageerror", (error) => wrong.push(`an error: ${error.message}`));
  page.on("console", (message) => wrong.push(`says ${message.text()}`));
  await page.setViewport({ width, height: 1000 });
  const features = [{ name: "prefers-color-scheme", value: scheme }];
  await (await page.createCDPSession()).send("Emulation.setEmulatedMedia", { media, features });
  await page.goto(`file://${file}`);
  if (picture) await page.screenshot({ path: picture, fullPage: true });
  for (const open of [false, true]) {
    await page.evaluate((open) => document.querySelectorAll("details").forEach((one) => (one.open = open)), open);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) wrong.push(`${wide} pixels wider than the window${open ? ", with every table open" : ""}`);
  }
  if (!skipsAxe) await page.evaluate(axe);
  const { violations } = skipsAxe ? { violations: [] } : await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, impact, nodes } of violations.filter(({ impact }) => ["serious", "critical"].includes(impact))) {
    wrong.push(`${impact}: ${id}, ${nodes.length} times, as in ${nodes[0].html.slice(0, 120)}`);
  }
  await page.close();
  return wrong;
}

// The pictures in docs/pictures/: parts of a page, each from an element on.
const PICTURES = [
  ["report", 1000, "light", "header", 1180],
  ["report-year", 1000, "dark", "#touches-heading", 1180],
  ["report-phone", 400, "light", "#drifting-heading", 1180],
];

async function draw(browser, file) {
  for (const [name, width, scheme, from, height] of PICTURES) {
    const page = await browser.newPage();
    await page.setViewport({ width, height });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(`file://${file}`);
    const top = await page.$eval(from, (element) => element.getBoundingClientRect().top);
    const clip = { x: 0, y: Math.max(0, top - 32), width, height };
    await page.screenshot({ path: join(pictures, `${name}.png`), clip, captureBeyondViewport: true });
    await page.close();
  }
}

const WINDOWS = [400, 1000, 1600].flatMap((width) => ["light", "dark"].map((scheme) => ({ width, scheme, media: "screen" })));
// An A4 page without its margins, at 96 pixels an inch.
WINDOWS.push({ width: 680, scheme: "dark", media: "print" });

const browser = await puppeteer.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
try {
  writeFileSync(join(books, "network.toml"), network());
  writeFileSync(join(books, "hostile.toml"), hostile());
  for (const name of ["example", "network", "hostile", "300", "10000"]) {
    const file = written(join(books, `${name}.toml`));
    const { size } = statSync(file);
    report(`${name}: ${Math.round(size / 1000)} kB`, size < LARGEST ? [] : [`it may have ${LARGEST} bytes`]);
    for (const window of WINDOWS) {
      const { width, scheme, media } = window;
      const title = `${name}-${width}-${media === "print" ? media : scheme}`;
      const picture = pictures && join(pictures, `${title}.png`);
      // It takes minutes for names of 5,000 letters; the rules are the same as for the others.
      const skipsAxe = name === "hostile";
      report(title, await problems(browser, file, window, { picture, skipsAxe }));
    }
  }

  if (pictures) await draw(browser, written(join(books, "network.toml")));

  const page = readFileSync(written(join(books, "example.toml")), "utf8");
  const controls = [
    ["an image", "requests", (page) => page.replace(/<meta http-equiv.*?\/>/, "").replace("<main>", '<main><img alt="" src="x.png"/>')],
    ["an image that the policy stops", "says", (page) => page.replace("<main>", '<main><img alt="" src="x.png"/>')],
    ["a script", "says", (page) => page.replace("<main>", "<main><script>alert(1)</script>")],
    ["a wide box", "wider", (page) => page.replace("<main>", '<main><svg width="2000" height="9" aria-hidden="true"></svg>')],
    ["pale text", "color-contrast", (page) => page.replace("--soft: #59636e", "--soft: #b9c3ce")],
    ["a chart without a name", "svg-img-alt", (page) => page.replace(/ aria-labelledby="by-channel[^>]*><title.*?<\/title>/, ">")],
  ];
  for (const [name, word, broken] of controls) {
    const file = join(folder, "broken.html");
    const text = broken(page);
    writeFileSync(file, text);
    const caught = await problems(browser, file, WINDOWS[0], {});
    const is_caught = text !== page && caught.some((problem) => problem.includes(word));
    report(`a control: ${name}`, is_caught ? [] : [`not caught: ${caught.join("; ") || "no problem found"}`]);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
if (failures.length) {
  console.log(`${failures.length} failed: ${failures.join(", ")}`);
  process.exit(1);
}
