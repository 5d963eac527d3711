// The browsers that the tests drive. A missing one is installed or named, never skipped.
//
//     node tests/js/install.mjs

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const BROWSERS = {
  chromium: { variable: "CHROMIUM", path: "/usr/bin/chromium", debian: "chromium" },
  firefox: { variable: "FIREFOX", path: "/usr/bin/firefox-esr", debian: "firefox-esr" },
};

const INSTALL = "apt-get install -y --no-install-recommends";

/**
 * The executable of a browser: from its environment variable, or where Debian puts it.
 *
 * @param {keyof typeof BROWSERS} name
 */
export function browserPath(name) {
  const { variable, path, debian } = BROWSERS[name];
  const found = process.env[variable] ?? path;
  if (!existsSync(found)) {
    throw new Error(`no ${name} at ${found}: run \`${INSTALL} ${debian}\` as root, or set ${variable}`);
  }
  return found;
}

/** Installs the browsers that are missing, where that can be done without asking. */
export function installBrowsers() {
  const missing = Object.values(BROWSERS).filter(({ variable, path }) => !existsSync(process.env[variable] ?? path));
  if (missing.length === 0) {
    return;
  }
  const command = `${INSTALL} ${missing.map(({ debian }) => debian).join(" ")}`;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new Error(`browsers are missing: run \`${command}\` as root, or set CHROMIUM and FIREFOX`);
  }
  // A fresh machine has no package lists yet.
  if (!shell(command) && !(shell("apt-get update") && shell(command))) {
    throw new Error(`\`${command}\` failed`);
  }
}

/** @param {string} command */
function shell(command) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(command, { shell: true, env, stdio: ["ignore", "inherit", "inherit"] }).status === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  installBrowsers();
}
