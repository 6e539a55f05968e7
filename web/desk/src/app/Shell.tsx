import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/shared/api/problem";
import { chooseLanguage, type Language } from "@/shared/i18n";
import { useKeys } from "@/shared/keys/useKeys";
import { later } from "@/shared/later";
import { LiveProvider } from "@/shared/live/LiveProvider";
import { useMe } from "@/shared/session/useMe";
import { applyTheme, savedTheme } from "@/shared/theme";
import { ZoneContext } from "@/shared/time/zone";
import { Skeleton } from "@/shared/ui/Skeleton";
import { ErrorState } from "@/shared/ui/States";
import { Connection } from "./Connection";
import { Nav } from "./Nav";
import { Offline } from "./Offline";
import { PageTitle } from "./PageTitle";
import style from "./Shell.module.css";
import { TopBar } from "./TopBar";
import { useTour } from "./useTour";
import { Worker } from "./Worker";

const KeySheet = later(() => import("./KeySheet"), "KeySheet");
const PaletteHost = later(() => import("./PaletteHost"), "PaletteHost");
const ContactDialog = later(() => import("@/features/contact"), "ContactDialog");
// Shown beside the first list, whose words it shares.
const Tour = lazy(() => import("./Tour").then((it) => ({ default: it.Tour })));

/** Everything that one sees only when signed in: top bar, left nav, and the page. */
export function Shell() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const { conversation } = useParams({ strict: false });
  const [contact, setContact] = useState(false);
  const [sheet, setSheet] = useState(false);
  const [palette, setPalette] = useState(false);
  const tour = useTour(me.data);
  // The same at each click, so that what stands around the page isn't drawn anew.
  const openContact = useCallback(() => setContact(true), []);
  const openKeys = useCallback(() => setSheet(true), []);
  const openPalette = useCallback(() => setPalette(true), []);
  useKeys({ c: openContact, "?": openKeys, "mod+k": openPalette, "/": openPalette }, Boolean(me.data));

  const language = me.data?.person.language;
  useEffect(() => {
    if (language) void chooseLanguage(language as Language);
  }, [language]);
  const theme = me.data?.person.theme;
  useEffect(() => {
    if (theme && savedTheme() === "system") applyTheme(theme);
  }, [theme]);

  const stranger = me.error instanceof Problem && me.error.status === 401;
  useEffect(() => {
    if (stranger) void navigate({ to: "/sign-in", replace: true });
  }, [stranger, navigate]);

  // Said at the first failure: the tries go on behind it.
  const failed = me.error ?? me.failureReason;
  if (!me.data && failed && !(failed instanceof Problem)) {
    return <Offline onRetry={() => void me.refetch()} />;
  }
  if (me.isPending || stranger) return <Skeleton lines={6} />;
  if (!me.data) return <ErrorState error={me.error} onRetry={() => void me.refetch()} />;
  return (
    <ZoneContext value={me.data.shop.timezone}>
      <LiveProvider>
        <a className={style.skip} href="#page">
          {t("shell.skip")}
        </a>
        <div className={style.shell} data-open={conversation ? "conversation" : undefined}>
          <TopBar onContact={openContact} onKeys={openKeys} onSearch={openPalette} />
          <Nav className={style.nav} />
          <div className={style.page}>
            <Connection />
            <Suspense>{tour.at === "over" ? null : <Tour tour={tour} />}</Suspense>
            <main id="page" tabIndex={-1} className={style.content}>
              <Suspense fallback={<Skeleton lines={6} />}>
                <Outlet />
              </Suspense>
            </main>
          </div>
        </div>
        <PageTitle />
        <Worker />
        <Suspense>
          {contact ? (
            <ContactDialog
              conversation={conversation ? Number(conversation) : null}
              onClose={() => setContact(false)}
              onNoted={(id) =>
                void navigate({
                  to: "/$view/$conversation",
                  params: { view: "owed", conversation: String(id) },
                })
              }
            />
          ) : null}
          {palette ? (
            <PaletteHost
              onClose={() => setPalette(false)}
              onContact={openContact}
              onKeys={openKeys}
              onTour={tour.start}
            />
          ) : null}
          {sheet ? (
            <KeySheet
              onClose={() => setSheet(false)}
              onContact={openContact}
              onKeys={openKeys}
              onTour={tour.start}
            />
          ) : null}
        </Suspense>
      </LiveProvider>
    </ZoneContext>
  );
}
