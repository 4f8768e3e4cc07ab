/** An error of Stripe's API, as its documentation describes them. */
export class ApiError extends Error {
  readonly status: number;
  /** Whether the call had begun: then the error is saved by its idempotency key. */
  isSaved = false;
  readonly body: { error: { type: string; message: string; code?: string; param?: string } };

  constructor(status: number, code: string | null, message: string, param?: string) {
    super(message);
    const type = status >= 500 ? 'api_error' : code === 'idempotency_error' ? code : 'invalid_request_error';
    this.status = status;
    this.body = {
      error: {
        ...{ type, message },
        ...(code === null || code === type ? {} : { code }),
        ...(param === undefined ? {} : { param }),
      },
    };
  }
}

export function apiError(...parts: ConstructorParameters<typeof ApiError>): ApiError {
  return new ApiError(...parts);
}

/** An error of a call that had begun, such as a refund that no balance covers. */
export function startedError(...parts: ConstructorParameters<typeof ApiError>): ApiError {
  return Object.assign(new ApiError(...parts), { isSaved: true });
}
