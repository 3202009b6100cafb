/**
 * Makes the types of the client: what the services say of themselves, and TypeScript from that.
 *
 * It needs the services' Python environment: the one in `PYTHON`, or that of the checkout.
 */

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { SERVICES, generatedPath, typesOf } from "./client_types.js";

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const python = process.env.PYTHON ?? here("../../../.venv/bin/python");

execFileSync(python, [here("describe.py"), here("../described")], { stdio: "inherit" });
for (const service of SERVICES) writeFileSync(generatedPath(service), await typesOf(service));
