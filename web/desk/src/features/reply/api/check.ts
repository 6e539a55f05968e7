import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call } from "@/shared/api/call";
import type { Finding } from "@/shared/api/types";

/** What the guard would say of this draft, after 800 ms of silence and never while one types. */
export function useFindings(conversation: number, html: string, attachments: number[]): Finding[] {
  const [quiet, setQuiet] = useState({ html: "", attachments });
  const written = html.replace(/<[^>]*>/g, "").trim() !== "";
  const files = attachments.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the joined ids stand for the array
  useEffect(() => {
    const timer = setTimeout(() => setQuiet({ html: written ? html : "", attachments }), 800);
    return () => clearTimeout(timer);
  }, [html, written, files]);
  const { data } = useQuery({
    queryKey: ["check", conversation, quiet.html, quiet.attachments.join()],
    queryFn: ({ signal }) =>
      call<{ findings: Finding[] | null }>("POST", `/conversations/${conversation}/check`, quiet, signal),
    enabled: quiet.html !== "",
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 0,
    retry: false,
  });
  return written && quiet.html ? (data?.findings ?? []) : [];
}
