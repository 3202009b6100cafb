/** What the client's types are: one file for each service, made of its OpenAPI document. */

import openapiTS, { astToString } from "openapi-typescript";

export const SERVICES = ["api", "auth"];

/** @param {string} service */
const FIRST_LINES = (service) =>
  `/** The wire format of ${service}; made of described/${service}.json by \`npm run client\`. */\n\n`;

/** @param {string} service */
export function generatedPath(service) {
  return new URL(`../src/shared/api/generated/${service}.ts`, import.meta.url);
}

/**
 * Returns the types of a service's committed document.
 *
 * @param {string} service
 */
export async function typesOf(service) {
  const document = new URL(`../described/${service}.json`, import.meta.url);
  // Documents leave out what has its default; so may we.
  const nodes = await openapiTS(document, { alphabetize: true, defaultNonNullable: false });
  return FIRST_LINES(service) + astToString(nodes);
}
