import { CALL_CONTAINER } from './api.js';
import type { Attempt } from './attempt.js';
import type { Call } from './call.js';
import { type CloudError, localError, systemError, WHAT_TO_DO } from './errors.js';
import { Refused } from './routes.js';
import { TransportFailure } from './transport.js';

/** What the caller is told when the gateway has not answered the call. */
export function failureOf(cause: unknown, call: Call, url: string, attempt: Attempt): unknown {
    if (cause instanceof Refused) {
        return systemError(cause.code, cause.message, attempt, cause.explanation);
    }
    if (cause instanceof TransportFailure) {
        return transportError(cause, call, url, attempt);
    }
    return cause;
}

function transportError(failure: TransportFailure, call: Call, url: string, attempt: Attempt): CloudError {
    const reason = `${CLIENT_COMPONENT}; ${failure.message}`;
    switch (failure.kind) {
        case 'timeout':
            return systemError(102002, '请求超时', attempt, { reason }); // CH-71
        case 'cut':
            return cutError(call, attempt, reason);
        case 'refused':
            return localError(-1, failure.message, attempt, { reason });
        case 'unreachable':
            return localError(-1, `no connection to ${hostOf(url)}: ${failure.message}. ${WHAT_TO_DO}`, attempt, {
                reason,
                hint: WHAT_TO_DO,
            });
    }
}

// CH-114: the gateway resets an answer whose time is over or whose size is too large.
function cutError(call: Call, attempt: Attempt, reason: string): CloudError {
    if (call.api !== CALL_CONTAINER) {
        return localError(-1, 'the answer broke off', attempt, { reason });
    }
    return attempt.elapsed >= call.deadline
        ? systemError(102002, '请求超时', attempt, { reason })
        : systemError(-606002, '响应包大小超过 1MB', attempt, { reason });
}

function hostOf(url: string): string {
    return url.replace(/^([a-z]+:\/\/[^/?#]*).*$/i, '$1');
}

const CLIENT_COMPONENT = 'client-js';
