// Threads in a browser.

/** @type {import("./threads.js").Host} */
export const host = {
  refusal() {
    if (globalThis.crossOriginIsolated) {
      return null;
    }
    return {
      reason: "the page is not cross-origin isolated",
      fix:
        "serve it with the headers `Cross-Origin-Opener-Policy: same-origin` and " +
        "`Cross-Origin-Embedder-Policy: require-corp`",
    };
  },

  cores: () => navigator.hardwareConcurrency || 1,

  spawn(heard, failed) {
    const worker = create();
    worker.onmessage = ({ data }) => heard(data);
    worker.onmessageerror = () => failed("it can't receive the memory");
    worker.onerror = (event) => {
      event.preventDefault?.();
      failed(event.message || "its script can't be loaded");
    };
    return {
      post: (message) => worker.postMessage(message),
      release() {},
      terminate: () => worker.terminate(),
    };
  },
};

function create() {
  const here = new URL(import.meta.url);
  if (here.protocol === "blob:" || here.origin === location.origin) {
    // Bundlers look for this text.
    return new Worker(new URL("./web-worker.js", import.meta.url), { type: "module" });
  }
  // From another origin, as a CDN serves the package: a worker must be of the page's own, its imports need not.
  const script = `import ${JSON.stringify(new URL("./web-worker.js", here).href)};`;
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  worker.addEventListener("message", () => URL.revokeObjectURL(url), { once: true });
  return worker;
}
