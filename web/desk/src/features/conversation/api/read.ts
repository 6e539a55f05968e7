import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { post } from "@/shared/api/call";
import { keys } from "@/shared/api/keys";

/** Tells the server what the person has had on screen, once per message and only while the tab is seen. */
export function useMarkRead(conversation: number, through: number) {
  const queries = useQueryClient();
  useEffect(() => {
    if (!through) return;
    let told = false;
    const tell = () => {
      if (told || document.hidden) return;
      told = true;
      post(`/conversations/${conversation}/read`, { through })
        .then(() => queries.invalidateQueries({ queryKey: keys.lists }))
        .catch(() => {
          told = false; // told again when the tab comes back
        });
    };
    const timer = setTimeout(tell, 800);
    document.addEventListener("visibilitychange", tell);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", tell);
    };
  }, [conversation, through, queries]);
}
