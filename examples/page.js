// What the example pages share.

/** The element of an id. @param {string} id */
export const $ = (id) => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id}`);
  return element;
};

/**
 * Runs `action` and shows the error that it ends with, a `KernelError` above all, below the card's controls.
 *
 * @param {string} id of the place for the error
 * @param {() => void} action
 * @param {() => void} [otherwise] what to do with a result that there is none of
 */
export function attempt(id, action, otherwise = () => {}) {
  const place = $(id);
  try {
    action();
    place.hidden = true;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const name = document.createElement("strong");
    name.textContent = error.name;
    place.replaceChildren(name, `: ${error.message}`);
    place.hidden = false;
    otherwise();
  }
}

/**
 * Tells how many threads there are, and why no more.
 *
 * @param {{ active: number, reason: string | null, fix?: string }} threads
 */
export function showThreads({ active, reason, fix }) {
  const place = $("status");
  place.className = "status on";
  const count = active === 1 ? "1 thread" : `${active} threads`;
  place.textContent = [count, reason, fix].filter(Boolean).join(" · ");
}

/** Tells why there is no package. @param {unknown} error */
export function showFailure(error) {
  const place = $("status");
  place.className = "status failed";
  place.textContent = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** @param {number} ms */
export const formatMs = (ms) => `${ms.toFixed(ms < 10 ? 2 : ms < 100 ? 1 : 0)} ms`;

/** The number that a field holds; an empty one is no number. @param {HTMLInputElement} field */
export const numberOf = (field) => (field.value.trim() === "" ? NaN : Number(field.value));

/**
 * An element with properties and children.
 *
 * @param {string} tag @param {object} properties @param {(Node | string)[]} children
 */
export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}
