// Chromium and Firefox behind one small interface.

import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";
import { browserPath } from "../install.mjs";

/**
 * @typedef {object} Browser
 * @property {string} name
 * @property {(url: string) => Promise<Page>} open
 * @property {() => Promise<void>} close
 *
 * @typedef {object} Page
 * @property {import("playwright-core").Page} page with what both drivers have in common
 * @property {string[]} complaints errors that the page has logged or thrown
 * @property {(name: string, ...args: unknown[]) => Promise<any>} run runs a scenario of `pages/scenarios.js`
 * @property {() => Promise<void>} close
 */

// What a browser would ask the network by itself.
const CHROMIUM_ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const FIREFOX_PREFS = {
  "app.update.enabled": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "dom.push.connection.enabled": false,
  "extensions.getAddons.cache.enabled": false,
  "extensions.systemAddon.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "network.http.http3.enable": false,
  "services.settings.server": "",
  "toolkit.telemetry.enabled": false,
};

/** How each browser is started. */
export const BROWSERS = {
  chromium: async () => wrap("chromium", await chromium.launch({ executablePath: browserPath("chromium"), args: CHROMIUM_ARGS })),
  firefox: async () =>
    wrap(
      "firefox",
      await puppeteer.launch({
        browser: "firefox",
        executablePath: browserPath("firefox"),
        headless: true,
        extraPrefsFirefox: FIREFOX_PREFS,
      }),
    ),
};

function wrap(name, browser) {
  return {
    name,
    async open(url) {
      const page = await browser.newPage();
      const complaints = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        // Browsers ask for an icon by themselves.
        const missingIcon = /favicon/.test(message.location?.().url ?? "");
        if (message.type() === "error" && !missingIcon) {
          complaints.push(message.text());
        }
      });
      await page.goto(url);
      return {
        page,
        complaints,
        run: (scenario, ...args) => page.evaluate(([scenario, args]) => globalThis.run(scenario, args), [scenario, args]),
        close: () => page.close(),
      };
    },
    close: () => browser.close(),
  };
}
