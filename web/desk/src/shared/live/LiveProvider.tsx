import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { keys } from "@/shared/api/keys";
import { LiveConnection, type LiveState, type Socket } from "./connection";
import { Here, setHere, setPresence } from "./presence";
import { staleKeys } from "./stale";

const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel"] as const;

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
      onPresence: setPresence,
      onState: (next) => {
        setState(next);
        if (next === "open") here.tell(true);
        // Who is there is known by the connection alone: without it, nobody is.
        else if (next === "cut") setPresence([]);
      },
    });
    const here = new Here((said) => live.say(said));
    setHere(here);
    here.start();
    const touch = () => here.touch();
    for (const kind of TOUCHES) window.addEventListener(kind, touch, { passive: true, capture: true });
    const wake = () => {
      here.tell();
      if (!document.hidden) live.wake();
    };
    live.start();
    window.addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
    return () => {
      window.removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
      for (const kind of TOUCHES) window.removeEventListener(kind, touch, { capture: true });
      here.stop();
      setHere(null);
      setPresence([]);
      live.stop();
    };
  }, [queries]);
  return <Context value={state}>{children}</Context>;
}
