import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import { ROOT, filesUnder } from "./paths.mjs";

/**
 * Asserts that no file under a folder holds a path of the machine that built it.
 *
 * @param {string} folder
 * @param {string[]} [more] further places that the build has seen
 */
export function assertNoPlaces(folder, more = []) {
  const { CARGO_HOME, RUSTUP_HOME } = process.env;
  const places = [ROOT.replace(/\/$/, ""), homedir(), userInfo().homedir, CARGO_HOME, RUSTUP_HOME, "/usr/src/rust", ...more];
  for (const file of filesUnder(folder)) {
    const bytes = readFileSync(join(folder, file));
    for (const place of places.filter((place) => place && place.length > 1)) {
      assert.ok(!bytes.includes(place), `${join(folder, file)} holds ${place}`);
    }
  }
}
