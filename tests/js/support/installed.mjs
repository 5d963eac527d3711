// The package as its users have it: packed, and installed into an empty project.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { KERNELS_PKG, SCRATCH, hashOf, need } from "./paths.mjs";

/**
 * A project with the packed package installed, made once for all test files of a run.
 *
 * @param {string} [folder] the package as it was built
 * @returns {{ project: string, name: string, folder: string }} `folder` is the installed package
 */
export function installed(folder = KERNELS_PKG) {
  need(join(folder, "package.json"), `cargo kernel build -p kernels --threads --out-dir ${folder}`);
  const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const project = join(SCRATCH, "installed", `${name.replace("/", "-")}-${hashOf(folder)}`);
  if (!existsSync(project)) {
    makeProject(folder, name, project);
  }
  return { project, name, folder: join(project, "node_modules", name) };
}

function makeProject(folder, name, project) {
  mkdirSync(join(project, ".."), { recursive: true });
  // Built beside its place and moved there, so that an interrupted run leaves no half project.
  const fresh = mkdtempSync(`${project}.`);
  const npm = (...args) => execFileSync("npm", args, { cwd: fresh, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const [{ filename }] = JSON.parse(npm("pack", "--json", folder));
  writeFileSync(join(fresh, "package.json"), JSON.stringify({ name: "empty-project", private: true, type: "module" }));
  npm("install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", `./${filename}`);
  writeFileSync(join(fresh, "entry.mjs"), `export * from ${JSON.stringify(name)};\n`);
  try {
    renameSync(fresh, project);
  } catch (error) {
    rmSync(fresh, { recursive: true });
    if (!existsSync(project)) {
      throw error;
    }
  }
}

/** The installed package's module, found as Node finds it for its users. */
export async function importInstalled(folder = KERNELS_PKG) {
  return import(pathToFileURL(join(installed(folder).project, "entry.mjs")).href);
}

/** One of the modules that the installed package keeps to itself. */
export async function importRuntime(name, folder = KERNELS_PKG) {
  return import(pathToFileURL(join(installed(folder).folder, "runtime", `${name}.js`)).href);
}
