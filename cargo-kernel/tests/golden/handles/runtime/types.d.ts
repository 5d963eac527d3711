export * from "../../../../js/types.js";
