// Builds the scripts and styles of both sites into build/static and the wallet into build/wallet.
//
// The wallet's build is reproducible: order, names and contents depend only on the sources and the lock file, so that anyone
// can compare the published hash with their own (docs/wallet-build.md). Nothing here may read the clock or write a path.
//
//   node frontend/build.mjs [--out DIR] [wallet] [static]
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { build } from "esbuild";

const frontend = dirname(fileURLToPath(import.meta.url));
const root = dirname(frontend);
const require = createRequire(import.meta.url);
const packageFolder = (name) => join(root, "node_modules", name);

/** Options for every script: an ES module, no source map, nothing that tells where it was built. */
const scriptOptions = {
  bundle: true,
  format: "esm",
  target: ["es2022"],
  platform: "browser",
  minify: true,
  sourcemap: false,
  legalComments: "none",
  charset: "ascii",
  absWorkingDir: root,
  metafile: true,
  logLevel: "warning",
};

async function buildStyle(source, target) {
  const cli = join(packageFolder("@tailwindcss/cli"), "dist/index.mjs");
  await mkdir(dirname(target), { recursive: true });
  try {
    await promisify(execFile)(process.execPath, [cli, "--input", source, "--output", target, "--minify"], { cwd: root });
  } catch (error) {
    throw new Error(`${relative(root, source)}: ${error.stderr}`, { cause: error });
  }
}

async function buildPages(out) {
  const names = (await readdir(join(frontend, "pages"))).filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"));
  const entryPoints = names.sort().map((name) => join(frontend, "pages", name));
  await build({ ...scriptOptions, entryPoints, outdir: join(out, "pages") });
}

async function copyVendored(out) {
  await mkdir(join(out, "vendor"), { recursive: true });
  await copyFile(join(packageFolder("htmx.org"), "dist/htmx.min.js"), join(out, "vendor/htmx.min.js"));
}

async function buildStatic(out) {
  await rm(out, { recursive: true, force: true });
  await Promise.all([buildPages(out), copyVendored(out), buildStyle(join(frontend, "styles/site.css"), join(out, "styles/site.css"))]);
  await cp(join(frontend, "icons"), join(out, "icons"), { recursive: true });
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Copies the circuit's files, refusing any other bytes than those pinned in circuit.json. */
async function copyCircuit(out) {
  const circuit = JSON.parse(await readFile(join(frontend, "wallet/src/circuit.json"), "utf8"));
  for (const file of [circuit.wasm, circuit.zkey]) {
    const bytes = await readFile(join(packageFolder("@zk-kit/semaphore-artifacts"), file.name));
    if (bytes.length !== file.bytes || sha256(bytes) !== file.sha256) throw new Error(`${file.name} is not the pinned file`);
    await writeFile(join(out, file.name), bytes);
  }
}

/** The folders (as `node_modules/...`) of all packages whose code went into the bundles, sorted. */
function bundledPackages(metafiles) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs)).map((path) => path.replace(/^.*?node_modules\//, "node_modules/"));
  const folders = inputs.map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter((folder) => folder !== undefined);
  return [...new Set(folders)].sort();
}

async function licenceOf(folder) {
  const description = JSON.parse(await readFile(join(root, folder, "package.json"), "utf8"));
  const names = (await readdir(join(root, folder))).filter((name) => /^(licen[cs]e|copying)/i.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(root, folder, name), "utf8")));
  return `${description.name} ${description.version}, ${description.license}\n\n${texts.join("\n").replaceAll("\r\n", "\n").trim()}\n`;
}

async function writeLicences(out, metafiles) {
  const folders = [...bundledPackages(metafiles), "node_modules/@zk-kit/semaphore-artifacts", "node_modules/daisyui", "node_modules/tailwindcss"];
  const licences = await Promise.all(folders.map(licenceOf));
  const opening = "The wallet is part of Curbside, AGPL-3.0-or-later. It contains the packages below.\n";
  await writeFile(join(out, "LICENCES.txt"), [opening, ...licences].join(`\n${"-".repeat(72)}\n\n`));
}

async function writeSums(out) {
  const names = (await readdir(out)).filter((name) => name !== "SHA256SUMS").sort();
  const lines = await Promise.all(names.map(async (name) => `${sha256(await readFile(join(out, name)))}  ${name}\n`));
  await writeFile(join(out, "SHA256SUMS"), lines.join(""));
}

async function buildWallet(out) {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const source = join(frontend, "wallet");
  const alias = { buffer: require.resolve("buffer/") };
  const inject = [join(source, "src/browser_buffer.ts")];
  const scripts = ["app", "prover"].map((name) =>
    build({ ...scriptOptions, alias, inject, entryPoints: [join(source, "src", `${name}.ts`)], outfile: join(out, `${name}.js`) }),
  );
  const [app, prover] = await Promise.all([...scripts, buildStyle(join(source, "style.css"), join(out, "style.css"))]);
  for (const name of ["index.html", "icon.svg"]) await copyFile(join(source, name), join(out, name));
  await copyCircuit(out);
  await writeLicences(out, [app.metafile, prover.metafile]);
  await writeSums(out);
}

const { values, positionals } = parseArgs({ options: { out: { type: "string", default: join(root, "build") } }, allowPositionals: true });
const parts = positionals.length > 0 ? positionals : ["static", "wallet"];
const builders = { static: buildStatic, wallet: buildWallet };
for (const part of parts) {
  if (!(part in builders)) throw new Error(`unknown part ${part}: static or wallet`);
  await builders[part](join(resolve(values.out), part));
}
