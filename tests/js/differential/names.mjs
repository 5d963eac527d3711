// What the fixtures are called in JavaScript.

/** @param {string} name */
export const camelCase = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/** @param {string} name NumPy's */
export const kernelOf = (name) => camelCase(`np_${name}`);
