/** Gives the identity library the `Buffer` it expects, which browsers do not have. Injected by the build. */
export { Buffer } from "buffer";
