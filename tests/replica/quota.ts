/** The portal's quota, which it counts a day (UTC) and an address; here for whoever asks. */
export class Quota {
  private used = 0;

  constructor(
    readonly limit: number,
    private readonly now: () => number,
    /** When the count starts again; the next midnight of UTC unless told. */
    private readonly resetAt: number | null = null,
  ) {}

  /** Counts one call; false when there is none left. */
  take(): boolean {
    if (this.used >= this.limit) return false;
    this.used++;
    return true;
  }

  get reset(): Date {
    return new Date(this.resetAt ?? (Math.floor(this.now() / 86_400_000) + 1) * 86_400_000);
  }

  /** The six headers; `Reset` is neither an epoch nor ISO 8601. */
  headers(): Record<string, string> {
    const remaining = String(this.limit - this.used);
    const reset = `${this.reset.toISOString().slice(0, 19).replace('T', ' ')}+00:00`;
    return {
      'X-RateLimit-Limit': String(this.limit),
      'X-RateLimit-Remaining': remaining,
      'X-RateLimit-Reset': reset,
      'X-RateLimit-dataset-Limit': String(this.limit),
      'X-RateLimit-dataset-Remaining': remaining,
      'X-RateLimit-dataset-Reset': reset,
    };
  }

  /** What the portal answers with 429 when the quota is used up. */
  body(): unknown {
    return {
      errorcode: 10002,
      reset_time: this.reset.toISOString().replace(/\.\d+Z$/, 'Z'),
      limit_time_unit: 'day',
      call_limit: this.limit,
      error: 'Too many requests on the domain. Please contact the domain administrator.',
    };
  }
}
