declare const BERTH_CLIENT_VERSION: string;

/** The value of `X-Berth-Client`. With it the gateway shows what a page could not see. CH-140 */
export const CLIENT = `berth-client-js/${BERTH_CLIENT_VERSION}`;
