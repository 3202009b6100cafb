/** The services as functions: what they take and answer is in their OpenAPI documents, of which the types are made. */

import createClient from "openapi-fetch";

import { API_ADDRESS } from "./address";
import type { components as ApiComponents, paths as ApiPaths } from "./generated/api";
import type { components as AuthComponents, paths as AuthPaths } from "./generated/auth";
import { Problem } from "./problem";
import { Transport } from "./transport";

export type ApiSchemas = ApiComponents["schemas"];
export type AuthSchemas = AuthComponents["schemas"];

export const transport = new Transport(`${API_ADDRESS}/auth`, (request) => fetch(request));

const options = { baseUrl: API_ADDRESS, fetch: (request: Request) => transport.fetch(request) };

export const api = createClient<ApiPaths>(options);
export const auth = createClient<AuthPaths>(options);

/**
 * Returns what a call answers.
 *
 * @throws {Problem} The service said no, or did not say anything.
 */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw Problem.from(response, error);
  return data as T;
}
