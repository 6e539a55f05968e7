import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { vi } from "vitest";
import { makeRouter } from "@/app/router";
import { makeQueryClient } from "@/shared/api/query-client";
import { ToastProvider } from "@/shared/ui/Toast";
import { fakeServer, type Routes } from "./fake-server";

/** A live connection that the test speaks through. */
export class FakeLive {
  static all: FakeLive[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor(readonly url: string | URL) {
    FakeLive.all.push(this);
    queueMicrotask(() => this.onopen?.());
  }
  said: unknown[] = [];
  send(data: string) {
    this.said.push(JSON.parse(data));
  }
  close() {}
}

/** The whole app at one address, on a server of the test's own. */
export function renderDesk(path: string, routes: Routes) {
  FakeLive.all = [];
  vi.stubGlobal("WebSocket", FakeLive);
  const heard = fakeServer(routes);
  const queries = makeQueryClient();
  queries.setDefaultOptions({ queries: { retry: false } });
  const router = makeRouter(createMemoryHistory({ initialEntries: [path] }));
  render(
    <QueryClientProvider client={queries}>
      <ToastProvider>
        <RouterProvider router={router} />
      </ToastProvider>
    </QueryClientProvider>,
  );
  return {
    heard,
    user: userEvent.setup({ delay: null }),
    path: () => router.state.location.pathname,
    asked: (route: string) => heard.filter((it) => it.route === route),
    live: (message: unknown) => FakeLive.all.at(-1)?.onmessage?.({ data: JSON.stringify(message) }),
  };
}
