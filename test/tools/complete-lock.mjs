#!/usr/bin/env node
// Adds to a package-lock.json the optional packages of other platforms that
// npm left out, because the registry it asked did not have them: `npm ci`
// refuses a lock file without them. Versions come from the package that wants
// them; platform and processor are in the names.
//
//   test/tools/complete-lock.mjs web/desk/package-lock.json
import { readFileSync, writeFileSync } from "node:fs";

const file = process.argv[2];
const lock = JSON.parse(readFileSync(file, "utf8"));
const { packages } = lock;
const known = (word, words) => words.filter((w) => word.split("-").includes(w));

for (const [owner, { optionalDependencies = {}, ...about }] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (packages[`node_modules/${name}`] || packages[`${owner}/node_modules/${name}`]) continue;
    const end = name.split("/").at(-1);
    packages[`node_modules/${name}`] = {
      version,
      cpu: known(end, ["arm64", "x64"]),
      ...(about.dev && { dev: true }),
      ...(known(end, ["linux"]).length && { libc: end.endsWith("-musl") ? ["musl"] : ["glibc"] }),
      license: about.license,
      optional: true,
      os: known(end, ["android", "darwin", "linux", "win32"]),
    };
    console.log(`added ${name} ${version}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
