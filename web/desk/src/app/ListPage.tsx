import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { OwedList } from "@/features/owed";
import { withWords } from "@/shared/i18n";
import { useKeys } from "@/shared/keys/useKeys";
import { ahead } from "@/shared/later";
import { isView } from "@/shared/view";
import style from "./ListPage.module.css";
import { NotFound } from "./NotFound";

// What a click will need comes first.
ahead(() => withWords(import("./ConversationPage")), true);

/** List and conversation side by side; one of the two on a phone. */
export function ListPage() {
  const { view = "owed", conversation } = useParams({ strict: false });
  const navigate = useNavigate();
  useKeys({
    escape: () => {
      if (conversation && isView(view)) void navigate({ to: "/$view", params: { view } });
    },
  });
  if (!isView(view)) return <NotFound />;
  return (
    <div className={style.page} data-open={conversation ? "" : undefined}>
      <OwedList
        key={view}
        view={view}
        open={conversation ? Number(conversation) : null}
        className={style.list}
      />
      <div className={style.side}>
        <Outlet />
      </div>
    </div>
  );
}
