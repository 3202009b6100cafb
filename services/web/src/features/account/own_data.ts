/** What the services hold of somebody, as a file. */

import { answer, api, auth } from "@/shared/api/client";

/** Has the browser save all that the services hold of who is signed in. */
export async function downloadOwnData(username: string): Promise<void> {
  const [account, works] = await Promise.all([
    answer(auth.GET("/auth/me/data")),
    answer<unknown>(api.GET("/me/data", { parseAs: "json" })),
  ]);
  const text = JSON.stringify({ account, works }, null, 2);
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `xatra-${username}.json`;
  link.click();
  URL.revokeObjectURL(address);
}
