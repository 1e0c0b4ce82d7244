import { CALL_CONTAINER } from './api.js';
import { Attempt } from './attempt.js';
import { systemError } from './errors.js';

/**
 * The path as it stands in a request line (CH-2).
 *
 * What a URL parser would read as something else than a path is percent-encoded: a backslash would become a slash, line
 * feeds would vanish. A fragment is never sent. As the result begins with `/`, putting it behind an endpoint leaves the
 * host alone.
 */
export function wirePath(path: unknown): string {
    if (typeof path !== 'string' || !path.startsWith('/')) {
        throw notAPath(path);
    }
    try {
        return path.replace(/#.*$/s, '').replace(/[^!-~]+|[\\"<>^`{|}]/g, encodeURIComponent);
    } catch {
        throw notAPath(path); // half of a surrogate pair
    }
}

export function withQuery(path: string, query: string): string {
    if (query === '') {
        return path;
    }
    return path + separator(path) + query;
}

function separator(path: string): string {
    if (!path.includes('?')) {
        return '?';
    }
    return /[?&]$/.test(path) ? '' : '&';
}

// CH-73
function notAPath(path: unknown): Error {
    return systemError(-501000, 'Path access permission error', new Attempt(CALL_CONTAINER), {
        reason: `client-js; path: ${String(path)} (expected: /…)`,
    });
}
