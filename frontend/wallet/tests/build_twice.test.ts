import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Builds the wallet from a copy of the sources in a new folder, and returns its SHA256SUMS. */
async function sumsOfCopy(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), name));
  try {
    await cp(join(root, "frontend"), join(folder, "frontend"), { recursive: true });
    await cp(join(root, "package.json"), join(folder, "package.json"));
    await symlink(join(root, "node_modules"), join(folder, "node_modules"));
    await promisify(execFile)(process.execPath, [join(folder, "frontend/build.mjs"), "wallet"], { cwd: tmpdir() });
    await promisify(execFile)("sha256sum", ["--check", "--quiet", "SHA256SUMS"], { cwd: join(folder, "build/wallet") });
    return await readFile(join(folder, "build/wallet/SHA256SUMS"), "utf8");
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("two builds in different folders have the same hashes", async () => {
  const sums = await sumsOfCopy("curbside-");
  expect(sums.trimEnd().split("\n").map((line) => line.slice(66))).toEqual([
    "LICENCES.txt",
    "app.js",
    "icon.svg",
    "index.html",
    "prover.js",
    "semaphore-20.wasm",
    "semaphore-20.zkey",
    "style.css",
  ]);
  expect(await sumsOfCopy("another-longer-folder-")).toBe(sums);
});
