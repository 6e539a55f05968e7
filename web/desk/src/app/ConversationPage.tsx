import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { ConversationView, useConversation } from "@/features/conversation";
import { goNext } from "@/features/owed";
import { Composer } from "@/features/reply";
import { Problem } from "@/shared/api/problem";
import type { Message, View } from "@/shared/api/types";
import { useSignedIn } from "@/shared/session/useMe";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorState } from "@/shared/ui/States";
import { isOwed, isView } from "@/shared/view";
import { NotFound } from "./NotFound";

export function ConversationPage() {
  const { conversation: asked = "", view: asIs = "owed" } = useParams({ strict: false });
  const id = Number(asked);
  return Number.isSafeInteger(id) && id > 0 ? (
    <OneConversation key={id} id={id} view={isView(asIs) ? asIs : "owed"} />
  ) : (
    <NotFound />
  );
}

function OneConversation({ id, view }: { id: number; view: View }) {
  const navigate = useNavigate();
  const read = useConversation(id);
  const order = useSignedIn().person.list_order;
  const [forward, setForward] = useState<Message | null>(null);
  const open = (conversation: number) =>
    void navigate({ to: "/$view/$conversation", params: { view, conversation: String(conversation) } });
  const back = () => void navigate({ to: "/$view", params: { view } });
  const next = () =>
    void goNext(id, order)
      .then((found) => (found ? open(found) : back()))
      .catch(back);

  if (read.isPending) return <Skeleton lines={9} />;
  if (read.error instanceof Problem && read.error.status === 404) return <NotFound />;
  if (!read.data) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />;
  return (
    <ConversationView
      conversation={read.data}
      onBack={back}
      onLeft={isOwed(view) ? next : back}
      onOpen={open}
      // A new object each time: the same message may be handed on twice.
      onForward={(message) => setForward({ ...message })}
      composer={<Composer conversation={read.data} forward={forward} onNext={next} onReturn={open} />}
    />
  );
}
