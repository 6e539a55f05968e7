import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { keys } from "@/shared/api/keys";
import { LiveConnection, type LiveState, type Socket } from "./connection";
import { staleKeys } from "./stale";

const Context = createContext<LiveState>("connecting");

/** Whether what is on the screen is being kept fresh. */
export function useLiveState(): LiveState {
  return useContext(Context);
}

function openSocket(cursor: string) {
  const url = new URL("/api/v1/live", location.href);
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  if (cursor) url.searchParams.set("cursor", cursor);
  return new WebSocket(url) as unknown as Socket;
}

/** Keeps what the screens have read fresh for as long as somebody is signed in. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  useEffect(() => {
    const live = new LiveConnection({
      open: openSocket,
      onEvents: (events) => {
        for (const queryKey of staleKeys(events)) void queries.invalidateQueries({ queryKey });
      },
      onResync: () => void queries.invalidateQueries(),
      onCounts: (counts) => queries.setQueryData(keys.counts, counts),
      onState: setState,
    });
    const wake = () => {
      if (!document.hidden) live.wake();
    };
    live.start();
    window.addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
    return () => {
      window.removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
      live.stop();
    };
  }, [queries]);
  return <Context value={state}>{children}</Context>;
}
