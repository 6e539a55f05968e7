import { useQuery } from "@tanstack/react-query";
import { get } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";
import type { Me } from "@/shared/api/types";

/** Who is signed in, in which shop. */
export function useMe() {
  return useQuery({
    queryKey: keys.session,
    queryFn: ({ signal }) => get<Me>("/me", signal),
    staleTime: 5 * 60_000,
  });
}

/** The person signed in, on screens that nobody sees without being so. */
export function useSignedIn(): Me {
  const { data } = useMe();
  if (!data) throw new Error("useSignedIn stands under the session gate only");
  return data;
}

/** With one person, assignment and teams stay hidden. */
export function useAlone(): boolean {
  return useSignedIn().shop.people_count <= 1;
}
