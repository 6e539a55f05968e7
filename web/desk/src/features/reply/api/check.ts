import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call } from "@/shared/api/call";
import type { DraftOptions, Finding, PromiseInText, Question } from "@/shared/api/types";

/** What the guard reads of a draft: what it finds, what was asked, what is promised. */
export interface Review {
  findings: Finding[];
  questions: Question[];
  promises: PromiseInText[];
}

export interface Reviewed {
  html: string;
  attachments: number[];
  seen_through: number;
  holding_until: string | null;
  send_at: string | null;
  options: DraftOptions;
}

const NOTHING: Review = { findings: [], questions: [], promises: [] };

/** Read after 800 ms of silence and never while one types; questions before the first word too. */
export function useReview(conversation: number, draft: Reviewed): Review {
  const asked = JSON.stringify(draft);
  const [quiet, setQuiet] = useState(asked);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(asked), 800);
    return () => clearTimeout(timer);
  }, [asked]);
  const { data } = useQuery({
    queryKey: ["check", conversation, quiet],
    queryFn: ({ signal }) =>
      call<Partial<Review>>("POST", `/conversations/${conversation}/check`, JSON.parse(quiet), signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 0,
    retry: false,
  });
  if (!data) return NOTHING;
  const written = draft.html !== "";
  return {
    findings: (written && data.findings) || NOTHING.findings,
    questions: data.questions ?? NOTHING.questions,
    promises: (written && data.promises) || NOTHING.promises,
  };
}
