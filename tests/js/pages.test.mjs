// The example pages as a visitor has them: opened in Chromium, clicked through, and photographed into `SHOTS`.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { BROWSERS } from "./support/browsers.mjs";
import { ROOT, SCRATCH, need } from "./support/paths.mjs";
import { ISOLATED, serve } from "./support/server.mjs";

const EXAMPLES = join(ROOT, "examples");
const SHOTS = process.env.SHOTS ?? join(SCRATCH, "shots");
mkdirSync(SHOTS, { recursive: true });

let browser;
let isolated;
let plain;
before(async () => {
  for (const name of ["origin", "futhark", "numpy"]) {
    const folder = join(EXAMPLES, name, "pkg");
    need(join(folder, "package.json"), `cargo kernel build -p ${name} --threads --out-dir ${folder}`);
  }
  need(join(EXAMPLES, "node_modules"), "npm ci --prefix examples");
  [isolated, plain, browser] = await Promise.all([
    serve({ mounts: { "/": EXAMPLES }, headers: ISOLATED }),
    serve({ mounts: { "/": EXAMPLES } }),
    BROWSERS.chromium(),
  ]);
});
after(() => Promise.all([browser, isolated, plain].map((opened) => opened?.close())));

/** Opens a page, lets a visitor at it, and asserts that the page had nothing to complain of. */
async function visit(url, visitor) {
  const { page, complaints, close } = await browser.open(url);
  try {
    await visitor(page);
    assert.deepEqual(complaints, []);
  } catch (error) {
    await page.screenshot({ path: join(SHOTS, "failed.png"), fullPage: true });
    throw error;
  } finally {
    await close();
  }
}

const text = (page, selector) => page.locator(selector).innerText();

/** Waits until an element says something. */
async function says(page, selector, wanted, timeout = 10_000) {
  const deadline = Date.now() + timeout;
  for (;;) {
    const said = await text(page, selector);
    if (wanted instanceof RegExp ? wanted.test(said) : said === wanted) {
      return said;
    }
    assert.ok(Date.now() < deadline, `${selector} says ${JSON.stringify(said)}, expected ${wanted}`);
    await page.waitForTimeout(50);
  }
}

describe("origin", () => {
  test("the calculator adds, wraps, and says what it can't take", () =>
    visit(`${isolated.origin}/origin/`, async (page) => {
      await says(page, "#status", /threads/);
      await says(page, "#add-result", "2026");
      await page.fill("#add-x", "2147483647");
      await page.fill("#add-y", "1");
      await says(page, "#add-result", "-2147483648");
      for (const [wrong, message] of [["1.5", /`add`.*`x`.*1\.5/s], ["3000000000", /`add`.*`x`.*3000000000/s]]) {
        await page.fill("#add-x", wrong);
        await says(page, "#add-error", message);
      }
      await page.fill("#add-x", "1");
      await says(page, "#add-result", "2");
      assert.equal(await page.locator("#add-error").isVisible(), false);
    }));

  test("the list is summed as it is edited", () =>
    visit(`${isolated.origin}/origin/`, async (page) => {
      await says(page, "#sum-result", "31");
      assert.equal(await text(page, "#cumsum-result"), "3, 4, 8, 9, 14, 23, 25, 31");
      await page.click("#list-add");
      await page.locator("#list input").last().fill("-100");
      await says(page, "#sum-result", "-69");
      await page.locator("#list input").first().fill("0.5");
      await says(page, "#sum-error", /`sum`.*\[0\].*0\.5/s);
      await page.locator("#list .remove").first().click();
      await says(page, "#sum-result", "-72");
      while (await page.locator("#list .remove").count()) {
        await page.locator("#list .remove").first().click();
      }
      await says(page, "#sum-result", "0");
    }));

  test("the table marks the row of the maximum", () =>
    visit(`${isolated.origin}/origin/`, async (page) => {
      await says(page, "#table-result", "[3, 2015]");
      await page.locator("#table tr").nth(1).locator("input").nth(1).fill("1000");
      await says(page, "#table-result", "[1, 2001]");
      assert.deepEqual(await page.locator("#table tr").evaluateAll((rows) => rows.map((row) => row.className)), ["", "found", "", ""]);
      await page.click("#table-add");
      await page.locator("#table tr").last().locator("input").nth(1).fill("5000");
      await says(page, "#table-result", /^\[4, /);
      while (await page.locator("#table .remove").count()) {
        await page.locator("#table .remove").first().click();
      }
      await says(page, "#table-error", /`rowOfMax`|empty|no row/);
      await says(page, "#table-result", "?");
    }));

  test("the real table has its row, and the race has a winner", () =>
    visit(`${isolated.origin}/origin/`, async (page) => {
      await says(page, "#movies-about", /Avatar/);
      assert.match(await text(page, "#movies tr.found"), /Avatar/);
      await page.click("#race");
      await says(page, "#bars", /plain JavaScript[\s\S]*resident[\s\S]*×/, 60_000);
      await page.waitForTimeout(800);
      await page.screenshot({ path: join(SHOTS, "origin.png"), fullPage: true });
    }));

  test("without isolation it works all the same, and says what would help", () =>
    visit(`${plain.origin}/origin/`, async (page) => {
      await says(page, "#add-result", "2026");
      assert.match(await text(page, "#status"), /one thread|1 thread|sequential|not cross-origin isolated/i);
    }));

  test("on a phone nothing is cut off", () =>
    visit(`${isolated.origin}/origin/`, async (page) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await says(page, "#add-result", "2026");
      const { scroll, client } = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return { scroll: scrollWidth, client: clientWidth };
      });
      assert.ok(scroll <= client, `${scroll - client} pixels are cut off`);
      await page.screenshot({ path: join(SHOTS, "origin-phone.png"), fullPage: true });
    }));
});

/** A short hash of what a canvas shows, and how many colours it has. */
function picture(page, selector) {
  return page.locator(selector).evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const pixels = new Uint32Array(data.buffer);
    let hash = 0;
    for (const pixel of pixels) {
      hash = (Math.imul(hash, 31) + pixel) | 0;
    }
    const middle = pixels[Math.floor(canvas.height / 2) * canvas.width + Math.floor(canvas.width / 2)];
    return { hash, colours: new Set(pixels).size, middle, width: canvas.width, height: canvas.height };
  });
}

describe("futhark", () => {
  test("the Mandelbrot set is drawn with all threads, and the same without any", () =>
    visit(`${isolated.origin}/futhark/`, async (page) => {
      const cores = await page.evaluate(() => navigator.hardwareConcurrency);
      await says(page, "#mandelbrot-threads", String(cores), 30_000);
      assert.match(await text(page, "#mandelbrot-time"), /^[\d.]+ ms$/);
      const threaded = await picture(page, "#mandelbrot");
      assert.ok(threaded.colours > 50, `${threaded.colours} colours`);
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(SHOTS, "futhark.png"), fullPage: true });
      await page.selectOption("#threads", "none");
      await says(page, "#status", /1 thread.*threads: false/, 30_000);
      await says(page, "#mandelbrot-threads", "1");
      assert.deepEqual(await picture(page, "#mandelbrot"), threaded);
    }));

  test("the Mandelbrot set is zoomed, sized, limited and compared", () =>
    visit(`${isolated.origin}/futhark/`, async (page) => {
      await says(page, "#mandelbrot-time", / ms$/, 30_000);
      const whole = await picture(page, "#mandelbrot");
      await page.click("#mandelbrot", { position: { x: 300, y: 120 } });
      const near = await picture(page, "#mandelbrot");
      assert.notEqual(near.hash, whole.hash);
      await page.screenshot({ path: join(SHOTS, "futhark-near.png") });
      await page.click("#reset");
      assert.deepEqual(await picture(page, "#mandelbrot"), whole);
      await page.selectOption("#size", "600");
      const small = await picture(page, "#mandelbrot");
      assert.deepEqual([small.width, small.height], [600, 450]);
      await page.click("#compare");
      await says(page, "#plain-time", /^[\d.]+ ms$/, 60_000);
      await page.fill("#limit", "2.5");
      await page.locator("#limit").blur();
      await says(page, "#mandelbrot-error", /`mandelbrot`.*`limit`.*2\.5/s);
      await page.fill("#limit", "-1");
      await page.locator("#limit").blur();
      await says(page, "#mandelbrot-error", /`limit` must be between 1 and 100000, got -1/);
    }));

  test("the tunnel is flown through", () =>
    visit(`${isolated.origin}/futhark/`, async (page) => {
      await says(page, "#tunnel-time", / ms$/, 30_000);
      const before = await picture(page, "#tunnel");
      assert.ok(before.colours > 50, `${before.colours} colours`);
      // Opaque black, where a pixel has no direction.
      assert.equal(before.middle >>> 0, 0xff000000);
      await page.click("#play");
      await page.waitForTimeout(700);
      await page.click("#play");
      assert.notEqual((await picture(page, "#tunnel")).hash, before.hash);
    }));

  test("vectors of different lengths are refused by name and size", () =>
    visit(`${isolated.origin}/futhark/`, async (page) => {
      await says(page, "#dot-result", "32", 30_000);
      assert.match(await text(page, "#integral-result"), /^(2|1\.99999|2\.00000)/);
      await page.fill("#dot-y", "4, 5");
      await says(page, "#dot-error", /KernelShapeError.*`dotprod`.*2.*3/s);
      await page.fill("#rectangles", "1.5");
      await says(page, "#integral-error", /`integral`.*1\.5/s);
    }));

  test("without isolation it works all the same, and says what would help", () =>
    visit(`${plain.origin}/futhark/`, async (page) => {
      await says(page, "#mandelbrot-threads", "1", 30_000);
      assert.match(await text(page, "#status"), /not cross-origin isolated.*Cross-Origin-Opener-Policy/);
    }));

  test("on a phone nothing is cut off", () =>
    visit(`${isolated.origin}/futhark/`, async (page) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await says(page, "#tunnel-time", / ms$/, 30_000);
      const { scroll, client } = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return { scroll: scrollWidth, client: clientWidth };
      });
      assert.ok(scroll <= client, `${scroll - client} pixels are cut off`);
      await page.screenshot({ path: join(SHOTS, "futhark-phone.png"), fullPage: true });
    }));
});

describe("numpy", () => {
  test("calls follow their arguments, and say what they can't take", () =>
    visit(`${isolated.origin}/numpy/`, async (page) => {
      await says(page, "#status", /threads/);
      await says(page, "#add output", "[[11. 21. 31.]\n [12. 22. 32.]]");
      await page.locator("#sum input").nth(1).fill("");
      await says(page, "#sum output", "21");
      await page.locator("#sum input").nth(1).fill("2");
      await says(page, "#sum output", /KernelShapeError: `sum`: axis 2 does not exist/);
      await page.locator("#matmul input").first().fill("[[1, 2, 3]]");
      await says(page, "#matmul output", /KernelFailure: .*2 rows.*3 columns/);
      await page.locator("#maximum input").first().fill("[1, 2");
      await says(page, "#maximum output", /^SyntaxError/);
      const failed = await page.locator("output.failed").count();
      assert.equal(failed, 3);
    }));

  test("every call of the page works, and large ones are measured", () =>
    visit(`${isolated.origin}/numpy/`, async (page) => {
      await says(page, "#pad output", /^\[\[0\. 0\./);
      assert.deepEqual(await page.locator("output.failed").allInnerTexts(), []);
      await page.click("#measure");
      await says(page, "#times", /sigmoid[\s\S]*ms/, 60_000);
      await page.waitForTimeout(600);
      await page.screenshot({ path: join(SHOTS, "numpy.png"), fullPage: true });
      await page.emulateMedia({ colorScheme: "dark" });
      await page.screenshot({ path: join(SHOTS, "numpy-dark.png"), fullPage: true });
    }));

  test("without isolation it works all the same, and says what would help", () =>
    visit(`${plain.origin}/numpy/`, async (page) => {
      await says(page, "#sum output", /^\[5\. 7\. 9\.\]$/);
      assert.match(await text(page, "#status"), /not cross-origin isolated/);
    }));

  test("on a phone nothing is cut off", () =>
    visit(`${isolated.origin}/numpy/`, async (page) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await says(page, "#add output", /^\[\[11/);
      const { scroll, client } = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return { scroll: scrollWidth, client: clientWidth };
      });
      assert.ok(scroll <= client, `${scroll - client} pixels are cut off`);
      await page.screenshot({ path: join(SHOTS, "numpy-phone.png"), fullPage: true });
    }));
});
