/** People with an account, to be found and looked after. */

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";

import { answer, auth, type AuthSchemas } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { TextField } from "@/shared/ui/fields";
import { MoreButton } from "@/shared/ui/MoreButton";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { sayDay } from "@/shared/ui/time";
import { useSettled } from "@/shared/ui/use_settled";
import { Waiting } from "@/shared/ui/Waiting";
import { USERS_KEY } from "./keys";
import { ManagedUser } from "./ManagedUser";

type User = AuthSchemas["ManagedAccount"];

export function UsersTab() {
  const [words, setWords] = useState("");
  const [opened, setOpened] = useState<string | null>(null);
  const q = useSettled(words.trim());
  const users = useInfiniteQuery({
    queryKey: [...USERS_KEY, q],
    queryFn: ({ pageParam, signal }) =>
      answer(
        auth.GET("/auth/admin/users", {
          params: { query: { q, ...(pageParam !== null && { after: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const found = users.data?.pages.flatMap((page) => page.users) ?? [];
  const chosen = found.find(({ username }) => username === opened);
  return (
    <>
      <TextField
        label="Find a user"
        type="search"
        value={words}
        onChange={setWords}
        description="By a part of the user name, name or e-mail address"
        maxLength={100}
      />
      {users.isPending && <Waiting />}
      {users.isError && <ProblemNote error={users.error} onRetry={() => void users.refetch()} />}
      {users.isSuccess && found.length === 0 && <p className="hint">Nobody is called so.</p>}
      <ul className="admin-list" aria-label="Users">
        {found.map((user) => (
          <li key={user.id} className="line">
            <div>
              <div className="row">
                <Link to="/user/$username" params={{ username: user.username }}>
                  {user.username}
                </Link>
                <Badges user={user} />
              </div>
              <p className="hint">
                {[user.full_name, user.email, `since ${sayDay(user.created_at)}`].filter(Boolean).join(" · ")}
              </p>
            </div>
            <Button small aria-label={`Manage ${user.username}`} onPress={() => setOpened(user.username)}>
              Manage
            </Button>
          </li>
        ))}
      </ul>
      <MoreButton query={users} />
      <Dialog title={opened ?? ""} isOpen={chosen !== undefined} onClose={() => setOpened(null)}>
        {chosen && <ManagedUser user={chosen} />}
        <div className="actions">
          <Button onPress={() => setOpened(null)}>Close</Button>
        </div>
      </Dialog>
    </>
  );
}

function Badges({ user }: { user: User }) {
  return (
    <>
      {user.is_admin && <span className="badge">administrator</span>}
      {user.is_trusted && <span className="badge">trusted</span>}
      {user.is_disabled && <span className="badge bad">disabled</span>}
    </>
  );
}
