import { headerOf, without, type Headers } from './headers.js';
import type { WireAnswer } from './transport.js';

/** CH-31: the client repeats a redirected call this often. */
export const MOST_REPETITIONS = 6;

// CH-31: 302 only; without a location it is an ordinary answer.
export function locationOf(answer: WireAnswer): string | undefined {
    return answer.status === 302 ? headerOf(answer.header, 'location') || undefined : undefined;
}

/** The path that a relative location means, or `undefined` for an address outside the gateway. */
export function pathAt(location: string, path: string, endpoint: string): string | undefined {
    if (location.startsWith('/')) {
        return location;
    }
    // Frameworks like to write their own address in full; behind the gateway that is still the channel.
    if (location.toLowerCase().startsWith(`${endpoint.toLowerCase()}/`)) {
        return location.slice(endpoint.length);
    }
    if (/^[a-z][a-z0-9+.-]*:/i.test(location)) {
        return undefined;
    }
    const withoutQuery = path.replace(/\?.*$/, '');
    return location.startsWith('?') ? withoutQuery + location : withoutQuery.replace(/[^/]*$/, '') + location;
}

/** What a host that is not the gateway may see: nothing of the channel, and no credentials. */
export function headersForStrangers(header: Headers): Headers {
    return without(header, (name) => name.startsWith('x-wx-') || name === 'authorization' || name === 'cookie');
}
