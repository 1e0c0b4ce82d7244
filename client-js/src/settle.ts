import { wrongType } from './errors.js';
import type { CallbacksOf } from './options.js';

/**
 * Gives a call its two faces: a promise, or callbacks and nothing. CH-11 CH-30
 *
 * @typeParam Api the type with both
 */
export function twoFaced<Api>(call: (options: any) => Promise<unknown>): Api {
    return ((options: CallbacksOf<unknown>) => {
        if (typeof options !== 'object' || options === null) {
            return Promise.reject(wrongType('parameter', 'object', options));
        }
        const { success, fail, complete } = options;
        const outcome = call(options);
        if (!success && !fail && !complete) {
            return outcome;
        }
        outcome.then(
            (result) => {
                success?.(result);
                complete?.(result);
            },
            (error) => {
                fail?.(error);
                complete?.(error);
            },
        );
        return undefined;
    }) as Api;
}
