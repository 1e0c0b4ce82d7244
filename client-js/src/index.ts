import { cloudOf, type Settings } from './cloud.js';
import { fetchTransport } from './fetch-transport.js';
import type { BerthCloud } from './options.js';
import type { Transport } from './transport.js';

export { CloudError } from './errors.js';
export { install, type InstallOptions } from './install.js';
export { wxTransport } from './wx-transport.js';
export { TransportFailure } from './transport.js';
export type { FailureKind, Transport, WireAnswer, WireRequest } from './transport.js';
export type { Login } from './session.js';
export type { CloudID, CloudIDConstructor } from './cloud-id.js';
export type * from './options.js';

export interface CreateOptions extends Omit<Settings, 'transport'> {
    /** without it, `fetch` */
    transport?: Transport;
}

/** For pages and Node: an object shaped like `wx.cloud`. */
export function createCloud(options: CreateOptions): BerthCloud {
    return cloudOf({ ...options, transport: options.transport ?? fetchTransport });
}
