const ENDPOINT = /^https?:\/\/[^\s/?#@\\]+(\/[^\s?#\\]*)?$/i;

/** The gateway's address without a slash at its end, so that a path can be put behind it. */
export function endpointOf(address: string): string {
    if (!ENDPOINT.test(address)) {
        throw new Error(`endpoint: ${address} (expected: http[s]://host[:port] of a Berth gateway)`);
    }
    return address.replace(/\/+$/, '');
}
