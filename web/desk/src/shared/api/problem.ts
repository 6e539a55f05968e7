import { said } from "@/shared/i18n/said";

/** A refusal as RFC 9457 puts it: a status, a sentence for people, and the fields that were wrong. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly body: ProblemBody = {},
  ) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.name = "Problem";
  }

  /** What the server says, in the language of the screen. Of a form that is merely "not valid", what is wrong first. */
  get words(): string | undefined {
    const first = this.body.errors?.[0]?.message;
    if (this.body.detail === "validation failed" && first) return said(first);
    return said(this.body.detail || this.body.title || undefined);
  }

  /** The stable word that the app may act upon: "stale", "unseen", "held"… */
  get code(): string {
    return this.body.code ?? "";
  }

  /** What is wrong with one field, by the end of its location ("body.email"). */
  field(name: string): string | undefined {
    return said(
      this.body.errors?.find(({ location }) => location === name || location?.endsWith(`.${name}`))?.message,
    );
  }
}

export interface ProblemBody {
  type?: string;
  title?: string;
  detail?: string;
  status?: number;
  code?: string;
  [more: string]: unknown;
  errors?: { location?: string; message?: string; value?: unknown }[] | null;
}
