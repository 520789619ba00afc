import { transferHandlers, type TransferHandler } from 'comlink';
import { toVelolacError, VelolacError, type ErrorRecord } from '../errors.ts';

/** Comlink marks what was thrown by this, so that its handler knows it from a value. */
interface Thrown {
  readonly value: unknown;
}

/** Lets errors cross the worker's border as `VelolacError`, with code and details, instead of a bare message. */
export function registerErrorTransfer(): void {
  const before = transferHandlers.get('throw') as TransferHandler<Thrown, unknown>;
  const handler: TransferHandler<Thrown, ErrorRecord> = {
    canHandle: (value): value is Thrown => before.canHandle(value),
    serialize: ({ value }) => [toVelolacError(value).toRecord(), []],
    deserialize: (record) => {
      throw VelolacError.fromRecord(record);
    },
  };
  transferHandlers.set('throw', handler);
}
