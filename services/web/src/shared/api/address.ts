/** Where this site lies: the server writes its base path into the page. */

/** The site's base path, with a slash at its end: `/xatra/`. */
export const BASE_PATH = new URL(document.baseURI).pathname;

/** The address below which the services answer, without a slash at its end. */
export const API_ADDRESS = new URL("api", document.baseURI).href;
