import { optionsMissing } from './errors.js';
import type { CallContainer, CallContainerOptions, CallContainerResult, Callbacks } from './options.js';

/** Gives a call its two faces: a promise, or callbacks and nothing. CH-11 CH-30 */
export function callContainerBy(
    call: (options: CallContainerOptions) => Promise<CallContainerResult>,
): CallContainer {
    return ((options: CallContainerOptions & Callbacks) => {
        if (typeof options !== 'object' || options === null) {
            return Promise.reject(optionsMissing(options));
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
    }) as CallContainer;
}
